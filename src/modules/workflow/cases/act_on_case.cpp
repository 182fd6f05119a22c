#include "modules/workflow/cases/act_on_case.hpp"

#include "base/text.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/forms/forms.hpp"

namespace jishi::workflow {

namespace {

Verb engine_verb(CaseVerb verb) {
  switch (verb) {
    case CaseVerb::suspend: return Verb::suspend;
    case CaseVerb::resume: return Verb::resume;
    case CaseVerb::end: break;
  }
  return Verb::end;
}

std::optional<Error> refuse_reason(const ActOnCase& asked) {
  const std::size_t length = count_code_points(tidy(asked.reason.value_or("")));
  const bool needed = asked.verb != CaseVerb::resume;
  if (length <= kMostReason && (!needed || length >= kLeastReason)) return std::nullopt;
  return fail(ErrorKind::invalid, "workflow.reason",
              {{"path", "reason"},
               {"least", std::to_string(kLeastReason)},
               {"most", std::to_string(kMostReason)}});
}

Result<HeldCase> held_as_seen(Transaction& tx, const Office& office, Id case_id,
                              const std::optional<std::int64_t>& revision) {
  auto held = held_case(tx.store(), tx, office, case_id);
  if (held && revision && *revision != held->row.revision)
    return fail(ErrorKind::conflict, "api.changed_meanwhile");
  return held;
}

}  // namespace

Result<Advanced> act_on_case(Transaction& tx, const Office& office, const Party& party, Id case_id,
                             const ActOnCase& asked) {
  if (auto refused = refuse_reason(asked)) return std::move(*refused);
  auto held = held_as_seen(tx, office, case_id, asked.revision);
  if (!held) return held.error();
  Act act;
  act.party = party;
  act.reason = tidy(asked.reason.value_or(""));
  act.event.verb = engine_verb(asked.verb);
  act.event.actor = std::to_string(party.id());
  return advance(tx, office, *held, act);
}

namespace {

/// Whether the one who calls may send a message of this name to a case.
std::optional<Error> refuse_sender(Transaction& tx, const api::Call& call, const HeldCase& held,
                                   const std::string& name) {
  const Party party{call.caller.account, call.caller.person};
  const Date today = tx.store().clock().today();
  if (call.gate.may(call.caller, "workflow.manage", held.row.organisation)) return std::nullopt;
  for (const Awaited& one : held.state.awaited) {
    const Node& node = held.playable->definition->nodes[one.node];
    if (node.message != name || node.task.role.empty()) continue;
    const Place place = place_of(tx, held, node.task, today);
    if (stands_at(tx, party, node.task.role, place, today)) return std::nullopt;
  }
  // Whoever does not see the case is told of none.
  if (call.gate.may(call.caller, "workflow.read", held.row.organisation))
    return fail(ErrorKind::forbidden, "workflow.not_your_message");
  return fail(ErrorKind::not_found, "workflow.case_unknown");
}

}  // namespace

Result<Advanced> send_message(Transaction& tx, const Office& office, const api::Call& call,
                              Id case_id, const SendMessage& asked) {
  if (asked.variables) {
    if (auto refused = refuse_reserved(*asked.variables)) return std::move(*refused);
  }
  auto held = held_as_seen(tx, office, case_id, asked.revision);
  if (!held) return held.error();
  if (auto refused = refuse_sender(tx, call, *held, asked.name)) return std::move(*refused);
  auto given = variables_of_answer(asked.variables);
  if (!given) return given.error();
  Act act;
  act.party = {call.caller.account, call.caller.person};
  act.event.verb = Verb::message;
  act.event.name = asked.name;
  act.event.actor = std::to_string(act.party.id());
  act.event.variables = std::move(*given);
  return advance(tx, office, *held, act);
}

}  // namespace jishi::workflow
