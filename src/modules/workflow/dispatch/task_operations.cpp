#include "modules/workflow/dispatch/task_operations.hpp"

#include "base/integer.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/dispatch/burden.hpp"
#include "modules/workflow/operations/given.hpp"
#include "modules/workflow/operations/persons_below.sql.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

std::string text_at(const Value& task, const char* name) {
  const Value* found = task.entry(name);
  return found == nullptr ? std::string() : feel::text_of(*found).value_or("");
}

/// A task of a list, as its case begins: what it costs is still to be said by who sends it.
Result<StartCase> task_of(Transaction& tx, Id organisation, const Value& task, const Given& given) {
  StartCase asked;
  asked.organisation = organisation;
  asked.sender = asked.organisation;
  asked.process = kTaskProcess;
  const std::string title = text_at(task, "title");
  if (title.empty())
    return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "title"}});
  boost::json::object variables{{"title", title}, {"content", title}};
  if (const std::string until = text_at(task, "until"); !until.empty()) {
    const auto day = parse_iso_date(until);
    if (!day || *day < tx.store().clock().today())
      return fail(ErrorKind::refused, "workflow.task_day_past",
                  {{"title", title}, {"date", until}});
    variables["until"] = until;
  }
  if (const Value* topic = given.find("topic"); topic != nullptr) {
    if (const auto text = feel::text_of(*topic)) variables["basis"] = *text;
  }
  asked.variables = std::move(variables);
  if (const std::string named = text_at(task, "person"); !named.empty()) {
    const auto id = parse_integer(named);
    const Id person = id ? registry::person_now(tx, *id) : kNoId;
    if (!tx.one<int>(sql::persons_below::stands_below, person, organisation))
      return fail(ErrorKind::refused, "workflow.task_of_other", {{"title", title}});
    asked.person = registry::Reference(person);
  }
  return asked;
}

/// A case of a task each, from the organisation to itself; all of them are read before one begins.
Result<Value> open_tasks(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  if (given.refused()) return *given.refused();
  // A process of tasks that opened tasks would not end.
  if (call.process == kTaskProcess) return fail(ErrorKind::refused, "workflow.tasks_in_task");
  const Value* tasks = given.find("tasks");
  if (tasks == nullptr || tasks->items() == nullptr) return Value();
  if (tasks->items()->size() > kMostTasksOpened) {
    return fail(ErrorKind::refused, "workflow.too_many_tasks",
                {{"limit", std::to_string(kMostTasksOpened)}});
  }
  std::vector<StartCase> opened;
  for (const Value& task : *tasks->items()) {
    auto asked = task_of(tx, organisation, task, given);
    if (!asked) return asked.error();
    opened.push_back(std::move(*asked));
  }
  for (const StartCase& asked : opened) {
    if (const auto done = open_case(tx, call.office, call.party, asked); !done) return done.error();
  }
  return Value();
}

/// What a task took goes into the burden account; a receiver need not say.
Result<Value> close_task(Transaction& tx, const OperationCall& call) {
  Given given(call);
  Burden burden;
  burden.case_id = call.case_id;
  burden.sender = given.id("sender");
  burden.receiver = given.id("receiver");
  burden.planned = given.whole("minutes");
  if (given.find("minutes_spent") != nullptr) burden.spent = given.whole("minutes_spent");
  if (given.refused()) return *given.refused();
  if (const auto noted = note_burden(tx, burden); !noted) return noted.error();
  return Value();
}

}  // namespace

void add_task_operations(Operations& operations) {
  operations.add("tasks.open", open_tasks);
  operations.add("tasks.close", close_task);
}

}  // namespace jishi::workflow
