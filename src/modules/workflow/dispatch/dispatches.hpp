#pragma once
// A task for many organisations: a case of the process of tasks for each, opened by one job. What
// it costs all of them together is told before it is sent; what is on record already is not asked
// for.

#include "api/jobs/jobs.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/tasks/tasks.hpp"

namespace jishi::workflow {

inline constexpr std::string_view kDispatchJob = "workflow.dispatch_task";
inline constexpr std::size_t kMostReceivers = 50'000;
inline constexpr std::int64_t kSameWithinMs = 10 * 60'000;   // the same to the same is asked about
inline constexpr std::int64_t kMostDispatchesOfAccount = 3;  // that wait or run
inline constexpr int kMostReceiversShown = 200;              // of a page
inline constexpr int kMostDispatchesShown = 200;             // of a page

/// What is sent, and to whom: the organisations that are named, or those of a kind below a place,
/// all of them or where a light is lit, or that have members in a view.
struct DispatchTask {
  std::string title;
  std::string content;
  std::string basis;
  Date until;
  std::int64_t minutes = 0;  // that it costs each of them
  std::optional<std::vector<Id>> organisations;
  std::optional<Id> below;               // the sender when not given
  std::optional<std::string> structure;  // as registry::reach_of()
  std::optional<std::string> kind;       // none: whatever stands there
  std::optional<std::string> rule;       // whose light is lit there, for the place or a member
  std::optional<registry::MemberView> members;  // of which it has one itself
  std::optional<boost::json::object> fields;    // asked for beside the result: as a JSON Schema
  std::optional<bool> again;                    // the same was sent just now, and is meant again
};
BOOST_DESCRIBE_STRUCT(DispatchTask, (),
                      (title, content, basis, until, minutes, organisations, below, structure, kind,
                       rule, members, fields, again))

/// What it will cost.
struct DispatchEstimate {
  std::int64_t receivers = 0;
  std::int64_t minutes_each = 0;
  std::int64_t minutes_all = 0;
};
BOOST_DESCRIBE_STRUCT(DispatchEstimate, (), (receivers, minutes_each, minutes_all))

/// One that was sent, and how far it has come.
struct ShownDispatch {
  Id dispatch = kNoId;  // its job
  Id sender = kNoId;
  std::string sender_name;
  std::string title;
  Date until;
  std::int64_t minutes = 0;  // each
  std::int64_t receivers = 0;
  std::int64_t made_ms = 0;
  std::string made_by_name;
  std::int64_t sent = 0;
  std::int64_t refused = 0;
  std::int64_t running = 0;  // cases that are not over
  std::int64_t done = 0;     // of those that are over, those whose feedback passed; else withdrawn
  std::int64_t late = 0;     // of these, with a step whose day has passed
};
BOOST_DESCRIBE_STRUCT(ShownDispatch, (),
                      (dispatch, sender, sender_name, title, until, minutes, receivers, made_ms,
                       made_by_name, sent, refused, running, done, late))

/// A receiver, and where its case stands.
struct ShownReceiver {
  Id organisation = kNoId;
  std::string organisation_name;
  std::string outcome;  // waiting | sent | refused
  Id case_id = kNoId;
  std::string status;                  // of the case
  std::string step;                    // an open task that is due first
  std::optional<std::int64_t> due_ms;  // of it
  Id task = kNoId;                     // the same task; 0: none
  std::string ended_as;                // done (its feedback passed) | withdrawn; empty: not over
  bool unmanned = false;               // nobody there holds a role that could do what is open
  std::optional<std::string> code;     // why it was refused
  std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(ShownReceiver, (),
                      (organisation, organisation_name, outcome, case_id, status, step, due_ms,
                       task, ended_as, unmanned, code, detail))

struct Dispatches {
  Store& store;
  api::Gate& gate;
  api::Jobs& jobs;
  const Office& office;
  registry::Roll& roll;
  std::function<bool(std::string_view rule)> is_rule;  // whether there is one of this name
};

/// Refuses a rule, a kind or a code of the view of members that there is not.
/// Errors: insight.rule_unknown, base.code_unknown.
std::optional<Error> refuse_unknown(const Dispatches& dispatches, const api::Call& call,
                                    const DispatchTask& asked);

/// To whom it goes. Errors: workflow.dispatch_size, workflow.dispatch_nobody; registry.not_found
/// for who does not stand below the sender; api.forbidden of a view of members without
/// registry.read there, and registry.band_unknown.
Result<std::vector<Id>> receivers_of(db::Reader& reader, registry::Roll& roll,
                                     const api::Call& call, const DispatchTask& asked);

/// The variables that the draft of a task takes.
boost::json::object draft_of(const DispatchTask& asked);

/// What is sent, by whom, and by which version of its process.
struct Sending {
  const Office& office;
  const api::Caller& caller;
  Id sender = kNoId;
  const boost::json::object& draft;
  std::shared_ptr<const Playable> playable;
  std::map<Id, feel::Value> settings;  // of the receivers
};

/// A case for one receiver, with its draft done. Errors: those of start_case() and refuse_answer();
/// what the process says against the draft as workflow.dispatch_refused.
Result<Advanced> send_task(Transaction& tx, const Sending& sending, Id receiver);

/// Notes what is to be sent, and the job that will; its id. Whoever keeps the transaction wakes the
/// job then. Errors: those of api::Jobs::note().
Result<Id> note_dispatch(Transaction& tx, const Dispatches& dispatches, Id sender, Id account,
                         const DispatchTask& asked, const std::vector<Id>& receivers);

/// Sends what was noted, as somebody who may; how many were sent and refused. Safe to begin again.
/// Errors: workflow.dispatch_cancelled.
Result<boost::json::object> send_noted(const Dispatches& dispatches, const api::JobRun& job,
                                       const api::Caller& caller);

/// The kind of job that sends.
api::JobKind dispatch_job(const Dispatches& dispatches);

/// POST …/dispatch-estimates and …/dispatches of an organisation, and what became of them.
void dispatch_routes(api::Routes& routes, const Dispatches& dispatches);
/// What was answered to one of them.
void dispatch_answer_routes(api::Routes& routes, const Dispatches& dispatches);
/// Those that only read.
void dispatch_list_routes(api::Routes& routes);

}  // namespace jishi::workflow
