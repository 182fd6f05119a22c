// What was said of a person: what a merger of two persons moves.
#include "modules/liaison/discussion/discussion.sql.hpp"
#include "modules/liaison/liaison.hpp"

namespace jishi::liaison {

namespace {

using registry::MergerMemory;
using registry::MovedReferences;
using registry::PersonMerger;

constexpr std::string_view kNotes = "liaison/note";

struct Row {
  Id id = kNoId;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id))

Result<std::vector<MovedReferences>> merge(Transaction& tx, const PersonMerger& merger) {
  const auto notes =
      tx.all<Id>(sql::discussion::of_person, merger.dropped, registry::kMaxMovedRows + 1);
  if (notes.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large("notes");
  MergerMemory memory(tx, merger.id, kNotes);
  for (const Id note : notes) {
    memory.keep(Row{note});
    tx.run(sql::discussion::move, note, merger.dropped, merger.kept);
  }
  return std::vector<MovedReferences>{{"notes", static_cast<std::int64_t>(notes.size()), 0}};
}

Result<Done> unmerge(Transaction& tx, const PersonMerger& merger) {
  for (const Row& row : MergerMemory(tx, merger.id, kNotes).rows<Row>())
    tx.run(sql::discussion::move, row.id, merger.kept, merger.dropped);
  return Done{};
}

}  // namespace

registry::PersonReferences person_references() {
  return {"liaison", {{"liaison_note.object", {}}}, merge, unmerge};
}

}  // namespace jishi::liaison
