#include "modules/workflow/tasks/task_verbs.hpp"

#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/tasks/tasks.sql.hpp"

namespace jishi::workflow {

namespace {

constexpr std::pair<TaskVerb, Verb> kVerbs[] = {{TaskVerb::claim, Verb::claim},
                                                {TaskVerb::release, Verb::release},
                                                {TaskVerb::approve, Verb::approve},
                                                {TaskVerb::reject, Verb::reject},
                                                {TaskVerb::send_back, Verb::send_back},
                                                {TaskVerb::withdraw, Verb::withdraw},
                                                {TaskVerb::add_signer, Verb::add_signer},
                                                {TaskVerb::remove_signer, Verb::remove_signer},
                                                {TaskVerb::delegate, Verb::delegate},
                                                {TaskVerb::transfer, Verb::transfer},
                                                {TaskVerb::copy, Verb::copy},
                                                {TaskVerb::urge, Verb::urge}};

struct OpenPlace {
  Number number = 0;
  Id organisation = kNoId;
};
BOOST_DESCRIBE_STRUCT(OpenPlace, (), (number, organisation))

bool reads(const Acting& acting, Id organisation) {
  return acting.gate.may(acting.caller, "workflow.read", organisation);
}

// Who began a case or did something in it urges, and who reads it; not who was only shown it.
bool may_urge(db::Reader& reader, const Acting& acting, const TaskSeen& seen) {
  return seen.own || reads(acting, seen.case_organisation) || reads(acting, seen.organisation) ||
         reader.one<int>(sql::tasks::took_part, seen.case_id, acting.caller.account).has_value();
}

const Task* find_task(const State& state, Number number) {
  const auto found = std::find_if(state.tasks.begin(), state.tasks.end(),
                                  [number](const Task& one) { return one.id == number; });
  return found == state.tasks.end() ? nullptr : &*found;
}

// Somebody who is not in the case, to be given something in a question to the engine.
constexpr std::string_view kSomebody = "somebody";

// Those whose signature might be taken away; of any other verb whom it might be given to.
std::vector<std::string> persons_for(TaskVerb verb, const Task& task) {
  std::vector<std::string> persons;
  for (const Signer& signer : task.signers) {
    const bool waits = signer.state == Signer::State::waiting;
    if (verb == TaskVerb::remove_signer && waits) persons.push_back(signer.person);
  }
  if (persons.empty()) persons.emplace_back(kSomebody);
  return persons;
}

}  // namespace

Verb engine_verb(TaskVerb verb) {
  return std::find_if(std::begin(kVerbs), std::end(kVerbs),
                      [verb](const auto& pair) { return pair.first == verb; })
      ->second;
}

std::optional<TaskSeen> seen_by(db::Reader& reader, const HeldCase& held, Id task,
                                const Party& party, const std::vector<Desk>& desks, Date today) {
  const auto place = reader.one<OpenPlace>(sql::tasks::open_place, task);
  if (!place) return std::nullopt;
  TaskSeen seen;
  seen.case_id = held.row.id;
  seen.case_organisation = held.row.organisation;
  seen.organisation = place->organisation;
  seen.number = place->number;
  seen.own = lies_before(reader, task, desks);
  settle_whose(reader, held, party, today, seen);
  return seen;
}

void settle_whose(db::Reader& reader, const HeldCase& held, const Party& party, Date today,
                  TaskSeen& seen) {
  const Task* task = find_task(held.state, seen.number);
  if (task == nullptr) return;
  const Node& node = held.playable->definition->nodes[task->node];
  seen.personal = node.task.signers != nullptr && node.task.signing == Signing::one;
  const bool taken_on = !task->assignee.empty() || !task->signers.empty();
  if (node.task.role.empty() || node.task.signers != nullptr || !taken_on) return;
  if (place_of_task(reader, held, *task, today).person != kNoId) return;
  const auto is_still = [&](Id id) {
    return has_still(reader, held.row.id, node, seen.organisation, id, today);
  };
  if (seen.own) {
    seen.left_role = !is_still(party.account) && (party.person == kNoId || !is_still(party.person));
    return;
  }
  seen.left_to = was_left_to(reader, held, *task, seen.organisation, party, today);
  seen.own = seen.left_to;
}

void take_over(const TaskSeen& seen, State& state) {
  if (!seen.left_to) return;
  for (Task& task : state.tasks) {
    if (task.id != seen.number) continue;
    task.assignee.clear();
    task.owner.clear();
  }
}

bool stands_in(const Acting& acting, TaskVerb verb, const TaskSeen& seen) {
  return !seen.own && verb == TaskVerb::transfer &&
         acting.gate.may(acting.caller, "workflow.manage", seen.organisation);
}

std::string holder_of(const State& state, Number number, const Party& party) {
  if (const Task* task = find_task(state, number)) {
    if (!task->assignee.empty()) return task->assignee;
    const Signer* next = nullptr;
    for (const Signer& signer : task->signers) {
      const bool waits = signer.state == Signer::State::waiting;
      if (waits && (next == nullptr || signer.stage < next->stage)) next = &signer;
    }
    if (next != nullptr) return next->person;
  }
  return std::to_string(party.id());
}

std::optional<Error> refuse_party(db::Reader& reader, const Acting& acting, TaskVerb verb,
                                  const TaskSeen& seen) {
  if (seen.left_role && verb != TaskVerb::release)
    return fail(ErrorKind::forbidden, "workflow.role_left");
  switch (verb) {
    case TaskVerb::urge:
      if (may_urge(reader, acting, seen)) return std::nullopt;
      return fail(ErrorKind::forbidden, "workflow.not_yours_to_urge");
    case TaskVerb::withdraw:
    case TaskVerb::remove_signer: return std::nullopt;  // the engine says who
    default: break;
  }
  // What somebody says for themselves (whether they agree to leave) nobody says for them because
  // they passed it on; who manages the place may have it written down by another, with a reason.
  const bool passes_on = verb == TaskVerb::transfer || verb == TaskVerb::delegate;
  if (seen.own && seen.personal && passes_on)
    return fail(ErrorKind::refused, "workflow.only_theirs");
  if (seen.own || stands_in(acting, verb, seen)) return std::nullopt;
  return fail(ErrorKind::forbidden, "workflow.not_your_task");
}

std::vector<std::string> task_verbs(db::Reader& reader, const Acting& acting, const HeldCase& held,
                                    const TaskSeen& seen, Moment now) {
  std::vector<std::string> verbs;
  const Task* task = find_task(held.state, seen.number);
  if (task == nullptr) return verbs;
  const Party party = party_of(acting.caller);
  const std::string own = name_in(reader, held.state, party);
  State state = held.state;
  take_over(seen, state);
  const Playable& playable = *held.playable;
  for (const auto& [verb, asked] : kVerbs) {
    // What is done for another goes back to them with any answer, not to an earlier step.
    const bool back = verb == TaskVerb::send_back && !task->owner.empty();
    if (back || verb == TaskVerb::withdraw || refuse_party(reader, acting, verb, seen)) continue;
    Event event;
    event.verb = asked;
    event.actor = stands_in(acting, verb, seen) ? holder_of(state, seen.number, party) : own;
    event.now = now;
    event.task = seen.number;
    event.to = "previous";
    const auto persons = persons_for(verb, *task);
    const bool may = std::any_of(persons.begin(), persons.end(), [&](const std::string& one) {
      event.person = one;
      return !refuse_verb(*playable.definition, playable.scope, state, event);
    });
    if (may) verbs.emplace_back(boost::describe::enum_to_string(verb, ""));
  }
  return verbs;
}

}  // namespace jishi::workflow
