#include "api/routes.hpp"
#include "api/segment_id.hpp"
#include "modules/workflow/cases/show_case.hpp"
#include "modules/workflow/tasks/tasks.hpp"

namespace jishi::workflow {

namespace {

using api::Call;
using http::Method;

// Who may see a task is not decided by a place alone: it may lie before somebody elsewhere.
Id task_of(const Call& call) {
  return api::id_in(call, "task");
}

}  // namespace

void task_routes(api::Routes& routes, const Office& office) {
  routes.list<TaskQuery>("/api/v1/tasks", {"workflow.my_tasks", {}, api::own_account()},
                         [&](Call& call, const TaskQuery& query) {
                           return call.store.read([&](db::Reader& reader) {
                             auto page = my_tasks(reader, party_of(call.caller),
                                                  call.store.clock().today(), query);
                             if (page) add_subjects(call.store, reader, office, page->items);
                             return page;
                           });
                         });
  routes.get_slowly<api::Nothing>(
      "/api/v1/tasks/{task}", {"workflow.show_task", {}, api::own_account()},
      [&](Call& call, const api::Nothing&) { return show_task(call, office, task_of(call)); });
  routes.command_as<ActOnTask>(
      Method::post, "/api/v1/tasks/{task}/actions",
      {"workflow.act_on_task", {}, api::own_account()},
      [&](Transaction& tx, const Call& call, const ActOnTask& asked) {
        return act_on_task(tx, office, {call.gate, call.caller}, task_of(call), asked);
      });
  routes.command_as<ActOnTask>(
      Method::post, "/api/v1/cases/{case}/steps/{element}/actions",
      {"workflow.act_on_step", {}, api::own_account()},
      [&](Transaction& tx, const Call& call, const ActOnTask& asked) {
        const std::string element(call.request.segment("element").value_or(""));
        return act_on_step(tx, office, {call.gate, call.caller}, api::id_in(call, "case"), element,
                           asked);
      });
}

}  // namespace jishi::workflow
