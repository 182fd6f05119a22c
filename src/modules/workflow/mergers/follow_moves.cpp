#include "modules/workflow/mergers/follow_moves.hpp"

#include "base/texts.hpp"
#include "ledger/trail.hpp"
#include "modules/identity/identity.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/mergers/follow_moves.sql.hpp"
#include "modules/workflow/mergers/hand_over.hpp"

namespace jishi::workflow {

// The next facts, and the cases of what moved there: of an organisation and of all below it, or of
// those who may act.
void MoveFollower::look() {
  store_.read([&](db::Reader& reader) {
    if (!position_) {
      kept_ = reader.one<std::int64_t>(sql::follow_moves::position).value_or(0);
      position_ = kept_;
    }
    const std::int64_t last = ledger::last_seq(reader);
    const std::int64_t until = std::min(last, *position_ + kMostFactsAtOnce);
    if (until > *position_) {
      const Date today = store_.clock().today();
      const auto happened = [&](FactKind kind) {
        return reader.all<Move>(sql::follow_moves::happened, *position_, until,
                                static_cast<std::int32_t>(kind));
      };
      for (const Move& move : happened(registry::fact::kOrganisationMoved))
        add(move, reader.all<Id>(sql::follow_moves::running_below, move.organisation),
            follow_structure);
      for (const Move& move : happened(identity::fact::kRoleEnded))
        add(move, reader.all<Id>(sql::follow_moves::left_there, move.organisation, today),
            follow_roles);
      for (const Move& move : happened(identity::fact::kRoleGranted))
        add(move, reader.all<Id>(sql::follow_moves::risen_above, move.organisation, today),
            follow_roles);
      position_ = until;
    }
    done_ = until >= last;
    return 0;
  });
}

void MoveFollower::add(const Move& move, const std::vector<Id>& cases, Follow by) {
  moved_ = true;
  for (const Id one : cases) pending_.push_back({one, move.actor, by});
}

// What was looked through is looked through again after a crash: nothing changes then.
void MoveFollower::keep_position() {
  if (!moved_ && *position_ - kept_ < kMostFactsAtOnce) return;
  const auto kept = store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::follow_moves::set_position, *position_);
    return Done{};
  });
  if (!kept) return;
  kept_ = *position_;
  moved_ = false;
}

std::size_t MoveFollower::follow() {
  if (pending_.empty()) look();
  std::size_t looked = 0;
  for (; looked < kMostFollowedAtOnce && !pending_.empty(); ++looked) {
    const Pending next = pending_.front();
    const auto followed = store_.write(
        Actor{next.actor}, [&](Transaction& tx) { return next.follow(tx, office_, next.case_id); });
    if (!followed && failed_)
      failed_("move " + std::to_string(next.case_id) + ": " + say(Language::en, followed.error()));
    pending_.pop_front();
  }
  done_ = done_ && pending_.empty();
  if (pending_.empty()) keep_position();
  return looked;
}

}  // namespace jishi::workflow
