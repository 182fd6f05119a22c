#include "modules/workflow/cases/sight.hpp"

#include "modules/workflow/cases/sight.sql.hpp"
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

}  // namespace jishi::workflow
