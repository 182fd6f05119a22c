#pragma once
// A case as people see it: where it stands, what was done by whom, what is ahead.

#include "base/json_object.hpp"
#include "modules/workflow/cases/entered.hpp"
#include "modules/workflow/cases/sight.hpp"
#include "modules/workflow/materials/materials.hpp"
#include "modules/workflow/tasks/tasks.hpp"

namespace jishi::workflow {

inline constexpr int kMostEventsShown = 500;  // of a case, the latest
inline constexpr int kMostTasksOfCase = 1'000;
inline constexpr std::size_t kMostOffered = 8;  // open tasks of a case that are told with verbs

struct CaseHead {
  Id case_id = kNoId;
  std::string process;
  std::string process_name;
  Id version = kNoId;
  int version_number = 0;
  Id organisation = kNoId;
  std::string organisation_name;
  Id person = kNoId;
  std::string person_name;
  std::string status;
  std::int64_t revision = 0;
  std::int64_t started_ms = 0;
  std::string started_by_name;
  std::optional<std::int64_t> ended_ms;
  std::string subject;      // what it is called beside its procedure; empty: nothing
  std::string sender_name;  // of what one organisation has another do
};
BOOST_DESCRIBE_STRUCT(CaseHead, (),
                      (case_id, process, process_name, version, version_number, organisation,
                       organisation_name, person, person_name, status, revision, started_ms,
                       started_by_name, ended_ms, subject, sender_name))

/// A step for people, in the order of the process.
struct CaseStep {
  std::string element;
  std::string name;
  std::string role;
  std::string state;  // done | current | ahead | cancelled
  std::string outcome;
  std::string done_by_name;
  std::optional<std::int64_t> done_ms;
  std::optional<std::int64_t> due_ms;
};
BOOST_DESCRIBE_STRUCT(CaseStep, (),
                      (element, name, role, state, outcome, done_by_name, done_ms, due_ms))

/// A moment that the case waits for, or by which something happens: a day before which it does not
/// go on (`earliest`), or on which it does by itself (`latest`).
struct CaseMoment {
  std::string element;
  std::string name;
  std::string kind;  // earliest | latest
  std::int64_t at_ms = 0;
  std::string basis;  // the article it rests on; empty: none is named
  // The year whose holidays are not announced yet and on which it rests; none: it stands.
  std::optional<int> provisional_year;
};
BOOST_DESCRIBE_STRUCT(CaseMoment, (), (element, name, kind, at_ms, basis, provisional_year))

struct CaseEvent {
  Id event = kNoId;
  Id task = kNoId;
  std::string element;  // a step, or the day or message that came; empty: the case as a whole
  std::string element_name;
  std::int64_t at_ms = 0;
  std::string verb;
  std::string account_name;  // empty: time
  std::string whom_name;
  std::string outcome;
  std::string reason;
  bool came_back = false;  // the step was asked for again at once: its answer did not lead on
};
BOOST_DESCRIBE_STRUCT(CaseEvent, (),
                      (event, task, element, element_name, at_ms, verb, account_name, whom_name,
                       outcome, reason, came_back))

/// What who asks may do with an open task.
struct OfferedVerbs {
  Id task = kNoId;
  std::vector<std::string> verbs;  // as TaskVerb has them
};
BOOST_DESCRIBE_STRUCT(OfferedVerbs, (), (task, verbs))

struct ShownCase {
  CaseHead head;
  std::vector<CaseStep> steps;
  std::vector<ShownTask> tasks;       // that are open
  std::vector<std::string> at;        // elements where it stands
  std::vector<std::string> messages;  // that it waits for
  std::vector<CaseMoment> moments;
  std::vector<std::string> missing;  // fields that open tasks still ask for
  std::vector<AskedMaterial> materials;
  boost::json::object variables;
  std::vector<Entered> entered;       // what people wrote, in the order of the process
  std::vector<CaseEvent> events;      // latest first
  Id withdrawable = kNoId;            // the task by which who asks may take back what they did last
  std::vector<std::string> verbs;     // what who asks may do with the case: as CaseVerb has them
  std::vector<OfferedVerbs> offered;  // and with its first open tasks
};
BOOST_DESCRIBE_STRUCT(ShownCase, (),
                      (head, steps, tasks, at, messages, moments, missing, materials, variables,
                       entered, events, withdrawable, verbs, offered))

/// A case as who may read it is shown it. Errors: those of held_case().
Result<ShownCase> show_case(const api::Call& call, db::Reader& reader, const Office& office,
                            Id case_id);

/// A task with its case.
struct TaskPage {
  ShownTask task;
  bool mine = false;                 // lies before who asks
  boost::json::object form;          // empty: it has none
  std::vector<std::string> signers;  // who has still to sign, in their order
  std::vector<std::string> signed_by;
  std::vector<std::string> back;   // where who has it may send it back to: `to` of that verb
  std::vector<std::string> verbs;  // what who asks may do with it: as TaskVerb has them
  ShownCase whole;
};
BOOST_DESCRIBE_STRUCT(TaskPage, (), (task, mine, form, signers, signed_by, back, verbs, whole))

/// Errors: workflow.task_unknown, also for who may not see it.
Result<TaskPage> show_task(const api::Call& call, const Office& office, Id task);

/// The organisation of a case, for the gate.
std::optional<Id> organisation_of_case(db::Reader& reader, Id case_id);

}  // namespace jishi::workflow
