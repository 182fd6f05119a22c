#pragma once
// Notices: what a case tells people by itself, when it throws a message. Nothing is kept of who has
// read one.

#include "modules/workflow/cases/case.hpp"
#include "modules/workflow/tasks/tasks.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr int kMostNoticesShown = 200;  // of a page

/// Sends what the messages among the effects say, to whom their events name. A message whose event
/// names nobody is for other programs, and nothing is kept of it.
void send_notices(Transaction& tx, const HeldCase& held, const std::vector<Effect>& effects);

/// The message of a notice by which a task was shown to somebody (抄送). It says `task`, by which
/// it is opened, the name of its `step`, and the `reason`.
inline constexpr std::string_view kTaskCopied = "task.copied";

/// Tells somebody, a person or an account, that a task is shown to them. `node`: of the task.
void send_copy(Transaction& tx, const HeldCase& held, const Act& act, const Node& node);

/// The message of a notice that a task will be due. It says `task`, its `step` and `due_ms`.
inline constexpr std::string_view kTaskReminded = "task.reminded";

/// A task that will be due.
struct Reminder {
  Id case_id = kNoId;
  Id organisation = kNoId;  // where it lies
  Id task = kNoId;
  std::string step;
  Moment due = 0;
};

/// Reminds those before whom a task lies.
void send_reminder(Transaction& tx, const Reminder& reminder, const std::vector<Desk>& desks);

/// Where notices for somebody lie. That of a member is where they are a member now, not where they
/// hold the role.
std::vector<Desk> notice_desks(db::Reader& reader, const Party& party, Date today);

void notice_routes(api::Routes& routes);

}  // namespace jishi::workflow
