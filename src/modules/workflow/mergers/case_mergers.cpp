// Cases, letters and tasks: what a merger of two persons moves. Names inside the state of a case
// stay: whoever acts is known by every id that leads to them.

#include "modules/registry/registry.hpp"
#include "modules/workflow/away/away.sql.hpp"
#include "modules/workflow/measures/measures.sql.hpp"
#include "modules/workflow/mergers/case_mergers.sql.hpp"
#include "modules/workflow/notices/notices.sql.hpp"
#include "modules/workflow/stays/stays.sql.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::workflow {

namespace {

using registry::MergerMemory;
using registry::MovedReferences;
using registry::PersonMerger;

/// A kind of rows that name a person.
struct Kind {
  std::string_view place;
  const char* what;
  const Statement& find;
  const Statement& move;
};

struct Row {
  Id id = kNoId;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id))

const Kind kKinds[] = {
    {"workflow/case", "cases", sql::case_mergers::cases, sql::case_mergers::move_case},
    {"workflow/away", "away", sql::away::of_person, sql::away::move},
    {"workflow/letter", "letters", sql::case_mergers::letters, sql::case_mergers::move_letter},
    {"workflow/measure", "measures", sql::measures::ids_of_person, sql::measures::move},
    {"workflow/notice", "notices", sql::notices::of_person, sql::notices::move},
    {"workflow/stay", "stays", sql::stays::of_person, sql::stays::move},
    {"workflow/task", "tasks", sql::case_mergers::tasks, sql::case_mergers::move_task}};
constexpr std::string_view kDesks = "workflow/desk";

void move_desk(Transaction& tx, Id task, Id from, Id to) {
  tx.run(sql::case_mergers::lay, task, from, to);
  tx.run(sql::case_mergers::take_off, task, from);
}

Result<std::vector<Id>> found(Transaction& tx, const Statement& find, Id person,
                              std::string_view what) {
  auto ids = tx.all<Id>(find, person, registry::kMaxMovedRows + 1);
  if (ids.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large(what);
  return ids;
}

Result<std::vector<MovedReferences>> merge(Transaction& tx, const PersonMerger& merger) {
  std::vector<MovedReferences> told;
  for (const Kind& kind : kKinds) {
    const auto ids = found(tx, kind.find, merger.dropped, kind.what);
    if (!ids) return ids.error();
    MergerMemory memory(tx, merger.id, kind.place);
    for (const Id id : *ids) {
      memory.keep(Row{id});
      tx.run(kind.move, id, merger.dropped, merger.kept);
    }
    told.push_back({kind.what, static_cast<std::int64_t>(ids->size()), 0});
  }
  const auto desks = found(tx, sql::case_mergers::desks, merger.dropped, "tasks");
  if (!desks) return desks.error();
  MergerMemory memory(tx, merger.id, kDesks);
  for (const Id task : *desks) {
    memory.keep(Row{task});
    move_desk(tx, task, merger.dropped, merger.kept);
  }
  return told;
}

Result<Done> unmerge(Transaction& tx, const PersonMerger& merger) {
  for (const Kind& kind : kKinds) {
    for (const Row& row : MergerMemory(tx, merger.id, kind.place).rows<Row>())
      tx.run(kind.move, row.id, merger.kept, merger.dropped);
  }
  for (const Row& row : MergerMemory(tx, merger.id, kDesks).rows<Row>())
    move_desk(tx, row.id, merger.kept, merger.dropped);
  return Done{};
}

}  // namespace

registry::PersonReferences person_references() {
  return {"workflow",
          {{"workflow_case.person", {}},
           {"workflow_away.person", {}},
           {"workflow_letter.person", {}},
           {"workflow_measure.person", {}},
           {"workflow_notice.owner", {}},
           {"workflow_stay.person", {}},
           {"workflow_task.assignee", {}},
           {"workflow_desk.owner", {}}},
          merge,
          unmerge};
}

}  // namespace jishi::workflow
