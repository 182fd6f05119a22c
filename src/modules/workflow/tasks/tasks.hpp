#pragma once
// Tasks as people have them: what lies before them, one by one, and what they do about it.

#include "api/call.hpp"
#include "base/json_object.hpp"
#include "modules/workflow/cases/case.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr int kMostTasksShown = 200;  // of a page
inline constexpr int kMostDesks = 66;        // of one who asks: roles, the person, the account

/// A task as it is listed.
struct ShownTask {
  Id task = kNoId;
  Id case_id = kNoId;
  std::string process;
  std::string process_name;
  std::string element;
  std::string name;
  std::string role;
  Id organisation = kNoId;  // where it lies: it may have risen to who holds the role
  std::string organisation_name;
  Id case_organisation = kNoId;  // whose case it is
  std::string case_organisation_name;
  Id person = kNoId;  // whom the case is about; 0: nobody
  std::string person_name;
  Id assignee = kNoId;  // 0: whoever holds the role
  std::string assignee_name;
  std::string state;  // open | done | cancelled
  std::string outcome;
  std::int64_t opened_ms = 0;
  std::optional<std::int64_t> due_ms;
  std::optional<std::int64_t> done_ms;
  std::string done_by_name;
  int urged = 0;
  bool late = false;      // its day has passed
  bool reminded = false;  // of its day, before it came
  std::string subject;    // what its case is called beside its procedure: add_subjects()
};
BOOST_DESCRIBE_STRUCT(ShownTask, (),
                      (task, case_id, process, process_name, element, name, role, organisation,
                       organisation_name, case_organisation, case_organisation_name, person,
                       person_name, assignee, assignee_name, state, outcome, opened_ms, due_ms,
                       done_ms, done_by_name, urged, late, reminded, subject))

/// The query of one's own tasks.
struct TaskQuery {
  std::optional<std::string> process;
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(TaskQuery, (), (process, after, limit))

/// A desk: a person's, an account's, or that of a role at an organisation.
struct Desk {
  std::string role;
  Id owner = kNoId;
};
BOOST_DESCRIBE_STRUCT(Desk, (), (role, owner))

/// The desks of a party today.
std::vector<Desk> desks_of(db::Reader& reader, const Party& party, Date today);

/// What lies on the desks of a party, and what was taken on by a role of theirs by somebody who
/// does not hold it any more; what is due first first. Errors: api.page_unknown,
/// limit_out_of_range.
Result<api::Page<ShownTask>> my_tasks(db::Reader& reader, const Party& party, Date today,
                                      const TaskQuery& query);

/// Puts the subjects of their cases beside the tasks of one page.
void add_subjects(Store& store, db::Reader& reader, const Office& office,
                  std::vector<ShownTask>& tasks);

/// Whether an open task lies before a party.
bool lies_before(db::Reader& reader, Id task, const std::vector<Desk>& desks);
bool lies_before(db::Reader& reader, Id task, const Party& party, Date today);

/// Tasks in the order of their ids given here; those that are not there are left
/// out.
std::vector<ShownTask> shown_tasks(db::Reader& reader, const std::vector<Id>& ids);

/// A task; nothing where there is none.
std::optional<ShownTask> shown_task(db::Reader& reader, Id task);

/// What people do with a task.
enum class TaskVerb {
  claim,
  release,
  approve,
  reject,
  send_back,
  withdraw,
  add_signer,
  remove_signer,
  delegate,
  transfer,
  copy,
  urge
};
BOOST_DESCRIBE_ENUM(TaskVerb, claim, release, approve, reject, send_back, withdraw, add_signer,
                    remove_signer, delegate, transfer, copy, urge)

struct ActOnTask {
  TaskVerb verb = TaskVerb::approve;
  std::optional<std::string> reason;
  std::optional<Id> whom;         // a person or an account
  std::optional<std::string> to;  // of send_back: previous, initiator, an element's id
  std::optional<bool> before;     // of add_signer; otherwise after oneself
  std::optional<boost::json::object> variables;
  std::optional<std::int64_t> revision;  // of the case, as it was seen
};
BOOST_DESCRIBE_STRUCT(ActOnTask, (), (verb, reason, whom, to, before, variables, revision))

/// Who acts, and the gate that says what they may.
struct Acting {
  api::Gate& gate;
  const api::Caller& caller;
};

/// Errors: workflow.task_unknown (also for who may not see it), task_done (409), not_your_task
/// (403), reason_missing, reason_length, person_without_account, fields_missing and the like;
/// api.changed_meanwhile (412); whatever the engine refuses.
Result<Advanced> act_on_task(Transaction& tx, const Office& office, const Acting& acting, Id task,
                             const ActOnTask& asked);

/// The same with the task that a step of a case is now, by its element. Where there is none that is
/// open it is said why: before its earliest day with the day and what it rests on. Errors: as
/// before; workflow.case_unknown (also for who may not see it); process.too_early, too_early_by,
/// task_closed, over.
Result<Advanced> act_on_step(Transaction& tx, const Office& office, const Acting& acting,
                             Id case_id, const std::string& element, const ActOnTask& asked);

/// Who sends a request.
inline Party party_of(const api::Caller& caller) {
  return {caller.account, caller.person};
}

void task_routes(api::Routes& routes, const Office& office);

}  // namespace jishi::workflow
