#include "modules/workflow/cases/sight.hpp"

#include "modules/workflow/cases/sight.sql.hpp"
#include "modules/workflow/tasks/tasks.hpp"
#include "modules/workflow/tasks/tasks.sql.hpp"

namespace jishi::workflow {

namespace {

constexpr int kMostPlaces = 200;  // organisations in which steps of one case are done

}  // namespace

Sight sight_of(const api::Call& call, db::Reader& reader, Id case_id) {
  const api::Caller& caller = call.caller;
  for (const Id place : reader.all<Id>(sql::sight::places, case_id, kMostPlaces)) {
    if (call.gate.may(caller, "workflow.read", place)) return Sight::whole;
  }
  const bool own =
      reader.one<int>(sql::sight::on_desk, case_id, caller.account, caller.person).has_value() ||
      reader.one<int>(sql::tasks::acted, case_id, caller.account, caller.person).has_value();
  return own ? Sight::own : Sight::nothing;
}

bool has_task_of(const api::Call& call, db::Reader& reader, Id case_id) {
  const auto desks = desks_of(reader, party_of(call.caller), call.store.clock().today());
  const auto tasks = reader.all<Id>(sql::sight::open_tasks, case_id, kMostInstances);
  return std::any_of(tasks.begin(), tasks.end(),
                     [&](Id task) { return lies_before(reader, task, desks); });
}

}  // namespace jishi::workflow
