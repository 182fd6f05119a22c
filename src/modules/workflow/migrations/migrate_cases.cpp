#include "modules/workflow/migrations/migrate_cases.hpp"

#include "api/routes.hpp"
#include "base/text.hpp"
#include "base/texts.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/kept_state/kept_state.hpp"
#include "modules/workflow/migrations/migrate_cases.sql.hpp"

namespace jishi::workflow {

namespace {

struct CasePlace {
  Id id = kNoId;
  Id organisation = kNoId;
};
BOOST_DESCRIBE_STRUCT(CasePlace, (), (id, organisation))

Error unknown() {
  return fail(ErrorKind::not_found, "workflow.case_unknown");
}

/// Migrates one case after the other.
class Migration {
 public:
  Migration(Transaction& tx, const Office& office, const api::Call& call,
            std::shared_ptr<const Playable> to, std::string reason)
      : tx_(tx), office_(office), call_(call), to_(std::move(to)), reason_(std::move(reason)) {}

  void migrate(Id case_id) {
    MigratedCase told{case_id, "migrated", {}, {}};
    const auto moved = move(case_id);
    if (!moved) {
      told.outcome = "refused";
      told.code = moved.error().code;
      told.detail = say(call_.language(), moved.error());
      ++done_.refused;
    } else if (!*moved) {
      told.outcome = "unchanged";
      ++done_.unchanged;
    } else {
      ++done_.migrated;
    }
    done_.cases.push_back(std::move(told));
  }

  MigrationDone take() { return std::move(done_); }

 private:
  // Whether it moved; it stays where it goes on by that version already.
  Result<bool> move(Id case_id) {
    const auto held = held_case(tx_.store(), tx_, office_, case_id);
    if (!held) return held.error();
    const CaseRow& row = held->row;
    if (!call_.gate.may(call_.caller, "workflow.manage", row.organisation)) return unknown();
    if (row.version == to_->id) return false;
    if (row.process != to_->process)
      return fail(ErrorKind::refused, "workflow.other_process", {{"name", to_->process}});
    if (row.status != "running" && row.status != "suspended")
      return fail(ErrorKind::refused, "process.over");
    const auto state = state_in(*held->playable->definition, *to_->definition, held->state);
    if (!state) return state.error();
    const Blob sealed = tx_.store().keys().cipher().seal(kept_state(*to_->definition, *state),
                                                         seal_context(case_id));
    tx_.about(case_id);
    tx_.run(sql::migrate_cases::set_version, case_id, to_->id, row.revision + 1, sealed);
    tx_.run(sql::cases::add_event, tx_.new_id(), case_id, kNoId, tx_.store().clock().now_ms(),
            "migrate", call_.caller.account, kNoId, std::to_string(to_->version), reason_);
    tx_.fact(fact::kCaseMigrated, tx_.store().clock().today(), row.organisation,
             {.person = row.person, .subject = case_id, .amount = to_->version});
    return true;
  }

  Transaction& tx_;
  const Office& office_;
  const api::Call& call_;
  const std::shared_ptr<const Playable> to_;
  const std::string reason_;
  MigrationDone done_;
};

// The cases of a version that lie in the caller's scope; of others nothing is told.
std::vector<Id> cases_of(Transaction& tx, const api::Call& call, Id version) {
  std::vector<Id> cases;
  tx.each<CasePlace>(
      sql::migrate_cases::of_version,
      [&](const CasePlace& one) {
        if (cases.size() <= kMostMigrated &&
            call.gate.may(call.caller, "workflow.manage", one.organisation))
          cases.push_back(one.id);
      },
      version);
  return cases;
}

}  // namespace

Result<State> state_in(const Definition& from, const Definition& to, const State& state) {
  auto moved = state_of_kept(to, kept_state(from, state));
  if (!moved) return moved;
  for (std::size_t i = 0; i < state.tokens.size(); ++i) {
    const Node& before = from.nodes[state.tokens[i].node];
    const Node& after = to.nodes[moved->tokens[i].node];
    const bool several = before.multi.has_value() == after.multi.has_value();
    if (before.kind != after.kind || !several)
      return fail(ErrorKind::refused, "workflow.element_changed", {{"element", before.id}});
  }
  return moved;
}

Result<MigrationDone> migrate_cases(Transaction& tx, const Office& office, const api::Call& call,
                                    const MigrateCases& asked) {
  const std::string reason = tidy(asked.reason.value_or(""));
  if (count_code_points(reason) > kMostReason) {
    return fail(ErrorKind::invalid, "workflow.reason",
                {{"path", "reason"}, {"least", "0"}, {"most", std::to_string(kMostReason)}});
  }
  auto to = office.deployments.playable(tx, asked.to);
  if (!to) return to.error();
  std::vector<Id> cases = asked.cases;
  if (cases.empty() && asked.from) cases = cases_of(tx, call, *asked.from);
  if (cases.empty() || cases.size() > kMostMigrated) {
    return fail(ErrorKind::invalid, "workflow.migration_size",
                {{"path", "cases"}, {"limit", std::to_string(kMostMigrated)}});
  }
  Migration migration(tx, office, call, std::move(*to), reason);
  for (const Id one : cases) migration.migrate(one);
  return migration.take();
}

void migration_routes(api::Routes& routes, const Office& office) {
  routes.command_as<MigrateCases>(
      http::Method::post, "/api/v1/cases/migrations",
      {"workflow.migrate_cases", "workflow.manage", api::anywhere()},
      [&](Transaction& tx, const api::Call& call, const MigrateCases& asked) {
        return migrate_cases(tx, office, call, asked);
      });
}

}  // namespace jishi::workflow
