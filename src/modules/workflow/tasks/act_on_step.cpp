// What people do with a step by its element: with the task that it is now, or why there is none.
#include "modules/workflow/cases/said_refusal.hpp"
#include "modules/workflow/cases/show_case.hpp"
#include "modules/workflow/tasks/tasks.hpp"
#include "modules/workflow/tasks/tasks.sql.hpp"

namespace jishi::workflow {

namespace {

// The engine is asked, and nothing is kept of it: without a task it only says why there is none.
Error refusal_of(const HeldCase& held, const std::string& element, Moment now) {
  Event event;
  event.verb = Verb::approve;
  event.now = now;
  event.element = element;
  const Outcome outcome =
      apply(*held.playable->definition, held.playable->scope, held.state, event, {});
  return outcome.refused ? *outcome.refused : fail(ErrorKind::refused, "process.task_closed");
}

}  // namespace

Result<Advanced> act_on_step(Transaction& tx, const Office& office, const Acting& acting,
                             Id case_id, const std::string& element, const ActOnTask& asked) {
  const Party party = party_of(acting.caller);
  const auto tasks = tx.all<Id>(sql::tasks::open_of_element, case_id, element, kMostInstances);
  const auto desks = desks_of(tx, party, tx.store().clock().today());
  // Of several beside each other one's own.
  const auto own = std::find_if(tasks.begin(), tasks.end(),
                                [&](Id task) { return lies_before(tx, task, desks); });
  if (own != tasks.end()) return act_on_task(tx, office, acting, *own, asked);
  if (!tasks.empty()) return act_on_task(tx, office, acting, tasks.front(), asked);
  const auto organisation = organisation_of_case(tx, case_id);
  const bool sees =
      organisation &&
      (acting.gate.may(acting.caller, "workflow.read", *organisation) ||
       tx.one<int>(sql::tasks::acted, case_id, party.account, party.person).has_value());
  if (!sees) return fail(ErrorKind::not_found, "workflow.case_unknown");
  const auto held = held_case(tx.store(), tx, office, case_id);
  if (!held) return held.error();
  return said_refusal(tx, office, *held, refusal_of(*held, element, tx.store().clock().now_ms()));
}

}  // namespace jishi::workflow
