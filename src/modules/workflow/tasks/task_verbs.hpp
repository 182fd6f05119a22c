#pragma once
// Which verbs are somebody's to use on a task: decided once, for what a page offers and for what is
// refused.

#include "modules/workflow/tasks/tasks.hpp"

namespace jishi::workflow {

/// How somebody stands to a task.
struct TaskSeen {
  Id case_id = kNoId;
  Id case_organisation = kNoId;
  Id organisation = kNoId;  // where it lies
  Number number = 0;        // within its case
  bool own = false;         // lies before them
  bool left_role = false;   // they took it on by a role that they do not hold any more
  bool left_to = false;     // whoever took it on did; the role is theirs now
  bool personal = false;    // of one certain person: nobody else's to do of their own accord
};

/// How a party stands to an open task of a case; nothing where it is not open.
std::optional<TaskSeen> seen_by(db::Reader& reader, const HeldCase& held, Id task,
                                const Party& party, const std::vector<Desk>& desks, Date today);

/// What somebody took on by a role is theirs as long as they hold it; of one who does not any more
/// it is whose the role is now. Sets `own`, `left_role` and `left_to` of what lies before a party,
/// or does not, by its desks (`own`).
void settle_whose(db::Reader& reader, const HeldCase& held, const Party& party, Date today,
                  TaskSeen& seen);

/// Takes what was left to somebody from who had it, before they act.
void take_over(const TaskSeen& seen, State& state);

/// Whoever manages the organisation where it is done may give away what lies before others.
bool stands_in(const Acting& acting, TaskVerb verb, const TaskSeen& seen);

/// In whose place a manager gives a task away: of its assignee, of the first whose signature is
/// awaited, else in the manager's own.
std::string holder_of(const State& state, Number task, const Party& party);

/// Errors: workflow.role_left, not_yours_to_urge, not_your_task (all 403).
std::optional<Error> refuse_party(db::Reader& reader, const Acting& acting, TaskVerb verb,
                                  const TaskSeen& seen);

Verb engine_verb(TaskVerb verb);

/// The verbs of an open task that act_on_task() would not refuse somebody now, whatever they enter,
/// but for a refusal that nothing asks for and a step back of what is done for another. Taking back
/// is not of an open task, but of the case: ShownCase::withdrawable.
std::vector<std::string> task_verbs(db::Reader& reader, const Acting& acting, const HeldCase& held,
                                    const TaskSeen& seen, Moment now);

}  // namespace jishi::workflow
