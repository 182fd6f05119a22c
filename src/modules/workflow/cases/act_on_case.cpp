#include "modules/workflow/cases/act_on_case.hpp"

#include "base/text.hpp"
#include "modules/liaison/liaison.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/said_refusal.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/cases/unasked.hpp"
#include "modules/workflow/letters/letters.hpp"

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

/// What another organisation sent is its own to suspend and end: who received it returns it, or
/// asks for more time.
std::optional<Error> refuse_receiver(db::Reader& reader, const api::Call& call,
                                     const HeldCase& held) {
  const Id sender = place_at(reader, held, "sender").organisation;
  if (sender == held.row.organisation) return std::nullopt;
  if (call.gate.may(call.caller, "workflow.manage", sender)) return std::nullopt;
  const auto standing = registry::organisation(reader, sender);
  return fail(ErrorKind::forbidden, "workflow.case_of_sender",
              {{"name", standing ? standing->name : std::string()}});
}

}  // namespace

Result<Advanced> act_on_case(Transaction& tx, const Office& office, const api::Call& call,
                             Id case_id, const ActOnCase& asked) {
  if (auto refused = refuse_reason(asked)) return std::move(*refused);
  auto held = held_as_seen(tx, office, case_id, asked.revision);
  if (!held) return held.error();
  if (auto refused = refuse_receiver(tx, call, *held)) return std::move(*refused);
  Act act;
  act.party = {call.caller.account, call.caller.person};
  act.reason = tidy(asked.reason.value_or(""));
  act.event.verb = engine_verb(asked.verb);
  act.event.actor = std::to_string(act.party.id());
  auto advanced = advance(tx, office, *held, act);
  if (advanced && asked.verb == CaseVerb::end) {
    void_letters_of(tx, case_id);
    liaison::close_group_of(tx, case_id);
  }
  return advanced;
}

std::vector<std::string> case_verbs(db::Reader& reader, const api::Call& call,
                                    const HeldCase& held) {
  std::vector<std::string> verbs;
  if (!call.gate.may(call.caller, "workflow.manage", held.row.organisation)) return verbs;
  if (refuse_receiver(reader, call, held)) return verbs;
  const Playable& playable = *held.playable;
  for (const CaseVerb verb : {CaseVerb::suspend, CaseVerb::resume, CaseVerb::end}) {
    Event event;
    event.verb = engine_verb(verb);
    if (!apply(*playable.definition, playable.scope, held.state, event, {}).refused)
      verbs.emplace_back(word_of(event.verb));
  }
  return verbs;
}

bool may_send(db::Reader& reader, const api::Call& call, const HeldCase& held, const Node& node) {
  const Date today = call.store.clock().today();
  const Place place = place_of(reader, held, node.task, today);
  // Whoever manages the place that sends it: what is a committee's is not its branch's.
  if (call.gate.may(call.caller, "workflow.manage", place.organisation)) return true;
  if (node.task.role.empty()) return false;
  const Party party{call.caller.account, call.caller.person};
  return stands_at(reader, party, node.task.role, place, today) ||
         (is_for_secretary(reader, node.task, place, today) &&
          stands_at(reader, party, std::string(kSecretary), place, today));
}

namespace {

bool is_over(CaseStatus status) {
  return status != CaseStatus::running && status != CaseStatus::suspended;
}

/// Whether the one who calls may send a message of this name to a case.
std::optional<Error> refuse_sender(Transaction& tx, const Office& office, const api::Call& call,
                                   const HeldCase& held, const std::string& name) {
  const auto sends = [&](const Node& node) {
    return node.message == name && node.kind != NodeKind::message_throw &&
           may_send(tx, call, held, node);
  };
  const auto& nodes = held.playable->definition->nodes;
  bool awaited = false;
  for (const Awaited& one : held.state.awaited) {
    awaited = awaited || nodes[one.node].message == name;
    if (sends(nodes[one.node])) return std::nullopt;
  }
  const bool reads = call.gate.may(call.caller, "workflow.read", held.row.organisation);
  // It would be theirs to send, or is seen by them: they are told that it comes too late.
  if (reads || (!awaited && std::any_of(nodes.begin(), nodes.end(), sends))) {
    if (is_over(held.state.status)) return fail(ErrorKind::refused, "process.over");
    const bool known = std::any_of(nodes.begin(), nodes.end(),
                                   [&](const Node& node) { return node.message == name; });
    const bool manages =
        !known && call.gate.may(call.caller, "workflow.manage", held.row.organisation);
    if (!awaited && (manages || std::any_of(nodes.begin(), nodes.end(), sends))) {
      return said_refusal(tx, office, held,
                          fail(ErrorKind::refused, "process.not_awaited", {{"name", name}}));
    }
    return fail(ErrorKind::forbidden, "workflow.not_your_message");
  }
  // Whoever does not see the case is told of none.
  return fail(ErrorKind::not_found, "workflow.case_unknown");
}

/// Why what a message brings cannot be taken where it is awaited.
std::optional<Error> refuse_brought(const HeldCase& held, const SendMessage& asked) {
  if (!asked.variables) return std::nullopt;
  const auto& nodes = held.playable->definition->nodes;
  const auto taken =
      std::find_if(held.state.awaited.begin(), held.state.awaited.end(),
                   [&](const Awaited& one) { return nodes[one.node].message == asked.name; });
  if (taken == held.state.awaited.end()) return std::nullopt;
  return refuse_unasked(*held.playable, taken->node, *asked.variables);
}

}  // namespace

Result<Advanced> send_message(Transaction& tx, const Office& office, const api::Call& call,
                              Id case_id, const SendMessage& asked) {
  auto held = held_as_seen(tx, office, case_id, asked.revision);
  if (!held) return held.error();
  if (auto refused = refuse_sender(tx, office, call, *held, asked.name)) return std::move(*refused);
  if (auto refused = refuse_brought(*held, asked)) return std::move(*refused);
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
