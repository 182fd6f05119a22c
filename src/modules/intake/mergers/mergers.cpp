// Likenesses of refused rows, and doubts: what a merger of two persons moves.

#include "modules/intake/intake.hpp"
#include "modules/intake/mergers/intake_mergers.sql.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::intake {

namespace {

using registry::MergerMemory;
using registry::MovedReferences;
using registry::PersonMerger;

constexpr std::string_view kMoved = "intake/similar";
constexpr std::string_view kShared = "intake/shared_similar";
constexpr std::string_view kDoubts = "intake/doubt";

struct Likeness {
  Id id = kNoId;
  bool of_kept = false;
  Id batch = kNoId;
  int sheet = 0;
  std::int64_t row = 0;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(Likeness, (), (id, of_kept, batch, sheet, row, state))

struct Doubt {
  Id batch = kNoId;
  std::int64_t rows = 0;

  friend bool operator==(const Doubt&, const Doubt&) = default;
};
BOOST_DESCRIBE_STRUCT(Doubt, (), (batch, rows))

/// What was in doubt of the two, and is of the one kept through the merger.
struct Doubts {
  std::optional<Doubt> kept;
  std::optional<Doubt> dropped;
  std::optional<Doubt> after;
};
BOOST_DESCRIBE_STRUCT(Doubts, (), (kept, dropped, after))

std::optional<Doubt> doubt_of(Transaction& tx, Id person) {
  return tx.one<Doubt>(sql::intake_mergers::doubt, person);
}

void set_doubt_of(Transaction& tx, Id person, const std::optional<Doubt>& doubt) {
  if (doubt) {
    tx.run(sql::intake_mergers::put_doubt, person, doubt->batch, doubt->rows);
  } else {
    tx.run(sql::intake_mergers::delete_doubt, person);
  }
}

/// The later import speaks; one that spoke of both counts the rows of both.
std::optional<Doubt> together(const std::optional<Doubt>& one, const std::optional<Doubt>& other) {
  if (!one || !other) return one ? one : other;
  if (one->batch != other->batch) return one->batch > other->batch ? one : other;
  return Doubt{one->batch, one->rows + other->rows};
}

Result<MovedReferences> move_likenesses(Transaction& tx, const PersonMerger& merger) {
  MovedReferences told{"similar_rows", 0, 0};
  MergerMemory moved(tx, merger.id, kMoved);
  MergerMemory shared(tx, merger.id, kShared);
  const auto likenesses = tx.all<Likeness>(sql::intake_mergers::likenesses, merger.dropped,
                                           merger.kept, registry::kMaxMovedRows + 1);
  if (likenesses.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large("similar_rows");
  for (const Likeness& like : likenesses) {
    if (like.of_kept) {
      shared.keep(like);
      tx.run(sql::intake_mergers::delete_likeness, like.id);
      ++told.shared;
    } else {
      moved.keep(like);
      tx.run(sql::intake_mergers::move_likeness, like.id, merger.dropped, merger.kept);
      ++told.moved;
    }
  }
  return told;
}

Result<std::vector<MovedReferences>> merge(Transaction& tx, const PersonMerger& merger) {
  const auto likenesses = move_likenesses(tx, merger);
  if (!likenesses) return likenesses.error();
  Doubts doubts{doubt_of(tx, merger.kept), doubt_of(tx, merger.dropped), {}};
  doubts.after = together(doubts.kept, doubts.dropped);
  MovedReferences told{"doubts", doubts.dropped ? 1 : 0, 0};
  if (doubts.dropped) {
    MergerMemory(tx, merger.id, kDoubts).keep(doubts);
    set_doubt_of(tx, merger.dropped, std::nullopt);
    set_doubt_of(tx, merger.kept, doubts.after);
  }
  return std::vector{*likenesses, told};
}

/// A doubt holds only as long as its import does.
std::optional<Doubt> still(Transaction& tx, const std::optional<Doubt>& doubt) {
  if (!doubt || !tx.one<Id>(sql::intake_mergers::is_done, doubt->batch)) return std::nullopt;
  return doubt;
}

Result<Done> unmerge(Transaction& tx, const PersonMerger& merger) {
  for (const Likeness& like : MergerMemory(tx, merger.id, kMoved).rows<Likeness>())
    tx.run(sql::intake_mergers::move_likeness, like.id, merger.kept, merger.dropped);
  for (const Likeness& like : MergerMemory(tx, merger.id, kShared).rows<Likeness>()) {
    tx.run(sql::intake_mergers::put_back_likeness, like.id, like.batch, like.sheet, like.row,
           merger.dropped, like.state);
  }
  for (const Doubts& doubts : MergerMemory(tx, merger.id, kDoubts).rows<Doubts>()) {
    set_doubt_of(tx, merger.dropped, still(tx, doubts.dropped));
    // An import that spoke of the one kept since knows better.
    if (doubt_of(tx, merger.kept) == doubts.after)
      set_doubt_of(tx, merger.kept, still(tx, doubts.kept));
  }
  return Done{};
}

}  // namespace

registry::PersonReferences person_references() {
  return {"intake",
          {{"intake_similar.person", {}},
           {"intake_doubt.subject", {}},
           {"intake_doubt_before.subject", "put back through whom the person was merged into"}},
          merge,
          unmerge};
}

}  // namespace jishi::intake
