// What people do with a task.
#include "modules/workflow/definition/elements.hpp"
#include "modules/workflow/definition/order.hpp"
#include "modules/workflow/engine/run.hpp"
#include "modules/workflow/engine/signers.hpp"

namespace jishi::workflow {

namespace {

using SignerState = Signer::State;

// Whether an expression speaks of a variable: not of a member of that name.
bool names(const feel::NodePtr& expression, std::string_view name) {
  if (expression == nullptr || name.empty()) return false;
  const std::string text = feel::text_of(*expression);
  const auto goes_on = [](char sign) {
    return (std::isalnum(static_cast<unsigned char>(sign)) != 0) || sign == '_' || sign == '.';
  };
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || !goes_on(text[at - 1]);
    const bool ends = end == text.size() || text[end] == '.' || !goes_on(text[end]);
    if (begins && ends) return true;
  }
  return false;
}

/// A day in China, with the time where it is not its beginning.
std::string day_text(Moment at) {
  constexpr Moment kMinuteMs = 60'000;
  constexpr Moment kMinutesOfDay = 24 * 60;
  const Moment minutes = at / kMinuteMs + 8 * 60;
  std::string text = to_iso(from_days(minutes / kMinutesOfDay));
  if (const Moment left = minutes % kMinutesOfDay; left != 0)
    text += fmt::format(" {:02}:{:02}", left / 60, left % 60);
  return text;
}

}  // namespace

// Whether a case comes from one node to another on its way ahead: not by a way back to a step that
// lies before.
bool Run::leads_to(Index from, Index to) const {
  const auto ahead = ways_ahead(definition_, definition_.scopes[node(from).scope].start);
  std::vector<bool> seen(definition_.nodes.size(), false);
  std::vector<Index> waiting{from};
  while (!waiting.empty()) {
    const Index at = waiting.back();
    waiting.pop_back();
    for (const Index next : ahead[at]) {
      if (next == to) return true;
      if (!seen[next]) waiting.push_back(next);
      seen[next] = true;
    }
  }
  return false;
}

// The flows on from a node; from the end of a sub-process those of the sub-process.
std::vector<Index> Run::ways_on(Index at) const {
  const Node& here = node(at);
  const Index owner = definition_.scopes[here.scope].owner;
  if (here.kind == NodeKind::end && owner != kNone) return node(owner).outgoing;
  return here.outgoing;
}

// Whether it makes a difference that a step is rejected: a gateway before the next steps of people
// asks for its outcome, or, of several beside each other, their count or list does.
bool Run::asks_outcome(Index from) const {
  const Node& asked = node(from);
  std::vector<std::string> wanted{asked.task.result.empty() ? "outcome" : asked.task.result};
  if (asked.multi) {
    if (!asked.multi->collect.empty()) return true;
    for (const char* counted : {"nrOfRejected", "nrOfApproved"}) {
      if (names(asked.multi->completion, counted)) return true;
    }
    wanted.insert(wanted.end(), {"approvals", "rejections"});
  }
  std::vector<bool> seen(definition_.nodes.size(), false);
  std::vector<Index> waiting{from};
  while (!waiting.empty()) {
    const Index at = waiting.back();
    waiting.pop_back();
    for (const Index flow : ways_on(at)) {
      const feel::NodePtr& condition = definition_.flows[flow].condition;
      if (std::any_of(wanted.begin(), wanted.end(),
                      [&](const std::string& name) { return names(condition, name); })) {
        return true;
      }
      const Index next = definition_.flows[flow].target;
      const NodeKind kind = node(next).kind;
      const bool of_people = kind == NodeKind::user_task || kind == NodeKind::manual_task;
      if (seen[next] || of_people) continue;
      seen[next] = true;
      waiting.push_back(next);
    }
  }
  return false;
}

// A step that comes by itself on a day is refused with the day and what it rests on.
void Run::refuse_closed() {
  const Index meant = definition_.node(event_.element);
  const Timer* first = nullptr;
  for (const Timer& timer : state_.timers) {
    if (meant == kNone || !is_wait(definition_, timer.node)) continue;
    if (!leads_to(timer.node, meant)) continue;
    if (first == nullptr || timer.due < first->due) first = &timer;
  }
  if (first == nullptr) return refuse("process.task_closed");
  const Node& event = node(first->node);
  const std::string& basis = event.basis.empty() ? node(meant).basis : event.basis;
  Arguments arguments{{"name", node(meant).name.empty() ? node(meant).id : node(meant).name},
                      {"date", day_text(first->due)}};
  if (basis.empty()) return refuse("process.too_early", std::move(arguments));
  arguments.emplace_back("basis", basis);
  refuse("process.too_early_by", std::move(arguments));
}

void Run::task_verb() {
  Task* task = find_task(event_.task);
  if (task == nullptr) return refuse_closed();
  if (node(task->node).kind == NodeKind::service_task) return refuse("process.not_for_people");
  switch (event_.verb) {
    case Verb::copy:
      if (event_.person.empty()) return refuse("process.person_missing");
      tell(Effect::Kind::copied, task->node, task->id).person = event_.person;
      return;
    case Verb::urge: return urge(*task);
    case Verb::claim: return claim(*task);
    case Verb::remove_signer: return remove_signer(*task);
    default: break;
  }
  if (!may_act(*task)) return;
  switch (event_.verb) {
    case Verb::release:
      if (task->assignee.empty() || !task->owner.empty()) return refuse("process.not_claimed");
      task->assignee.clear();
      task->touched = false;  // it lies there as it came
      tell(Effect::Kind::task_changed, task->node, task->id).word = "released";
      return;
    case Verb::approve: return approve(*task);
    case Verb::reject:
      // Without a form it is a yes or a no, and that its result; with one it would be passed over.
      if (!node(task->node).task.form.empty() && refuse_needless(*task)) return;
      if (!task->owner.empty()) return hand_back(*task);
      return close(task->id, "rejected");
    case Verb::send_back:
      if (!task->owner.empty()) return hand_back(*task);
      return send_back(*task);
    case Verb::add_signer: return add_signer(*task);
    default: return pass_on(*task);
  }
}

// Refuses to reject what nothing asks of.
bool Run::refuse_needless(const Task& task) {
  if (asks_outcome(task.node)) return false;
  const Node& here = node(task.node);
  refuse("process.nothing_to_reject", {{"name", here.name.empty() ? here.id : here.name}});
  return true;
}

void Run::ask() {
  const Verb verb = event_.verb;
  // What follows where that ends the step asks for decisions, which nobody takes here.
  if (verb == Verb::remove_signer && state_.status == CaseStatus::running) {
    Task* signed_by = find_task(event_.task);
    return signed_by == nullptr ? refuse_closed() : take_away_signer(*signed_by);
  }
  const bool plain = verb == Verb::approve || verb == Verb::reject;
  if (!plain || state_.status != CaseStatus::running) return apply();
  const Task* task = find_task(event_.task);
  if (task == nullptr) return refuse_closed();
  if (!may_act(*task) || verb == Verb::approve) return;
  // Whoever signs says yes or no.
  const bool signs = !task->signers.empty() && node(task->node).task.form.empty();
  if (!signs) refuse_needless(*task);
}

// Whether it is the actor's turn.
bool Run::may_act(const Task& task) {
  if (event_.actor.empty()) {
    refuse("process.actor_missing");
    return false;
  }
  if (task.signers.empty()) {
    if (task.assignee.empty() || task.assignee == event_.actor) return true;
    refuse("process.not_assignee", {{"person", task.assignee}});
    return false;
  }
  const auto stage = current_stage(task);
  bool waits = false;
  bool signs = false;
  // Whoever was passed over may have been asked once more.
  for (const Signer& signer : task.signers) {
    if (signer.person != event_.actor) continue;
    signs = true;
    if (signer.state != SignerState::waiting) continue;
    if (signer.stage == stage) return true;
    waits = true;
  }
  refuse(waits ? "process.not_your_turn" : signs ? "process.signed_already" : "process.not_signer");
  return false;
}

void Run::claim(Task& task) {
  if (event_.actor.empty()) return refuse("process.actor_missing");
  if (!task.signers.empty()) return refuse("process.has_signers");
  if (task.assignee == event_.actor) return refuse("process.claimed_already");
  if (!task.assignee.empty()) return refuse("process.not_assignee", {{"person", task.assignee}});
  task.assignee = event_.actor;
  task.touched = true;
  Effect& told = tell(Effect::Kind::task_changed, task.node, task.id);
  told.word = "claimed";
  told.person = event_.actor;
}

// Who does it for another hands it back, whatever they think of it: the owner decides.
void Run::hand_back(Task& task) {
  task.touched = true;
  task.assignee = std::exchange(task.owner, {});
  set(token(task.token).instance, event_.variables);
  Effect& told = tell(Effect::Kind::task_changed, task.node, task.id);
  told.word = "handed back";
  told.person = task.assignee;
}

void Run::approve(Task& task) {
  if (!task.owner.empty()) return hand_back(task);
  task.touched = true;
  if (task.signers.empty()) return close(task.id, "approved");
  Signer& signer = *waiting_signer(task, event_.actor);
  signer.state = SignerState::approved;
  signer.order = next();
  if (stage_ended(task)) return close(task.id, "approved");
  set(token(task.token).instance, event_.variables);
  Effect& told = tell(Effect::Kind::task_changed, task.node, task.id);
  told.word = "signed";
  told.person = event_.actor;
}

// What each of several enters is kept beside the others', with the item it is about.
void Run::collect(const Task& closed, const std::string& outcome) {
  const Node& here = node(closed.node);
  if (!here.multi || here.multi->collect.empty()) return;
  const Number instance = token(closed.token).instance;
  feel::Value::Entries entry;
  if (const auto* locals = closed.locals.entries()) {
    for (const auto& one : *locals) {
      if (one.first == here.multi->item) entry.push_back(one);
    }
  }
  if (const auto* entered = event_.variables.entries())
    entry.insert(entry.end(), entered->begin(), entered->end());
  entry.emplace_back("outcome", feel::Value(outcome));
  std::vector<feel::Value> all;
  const feel::Value held = variables(instance);
  const feel::Value* list = held.entry(here.multi->collect);
  if (list != nullptr && list->items() != nullptr) all = *list->items();
  all.push_back(feel::Value::context(std::move(entry)));
  set(instance, here.multi->collect, feel::Value::list(std::move(all)));
}

void Run::close(Number id, const std::string& outcome) {
  const Task closed = *find_task(id);
  const Token& at = token(closed.token);
  const Node& here = node(closed.node);
  remember(at, closed);
  set(at.instance, event_.variables);
  collect(closed, outcome);
  set(at.instance, here.task.result.empty() ? "outcome" : here.task.result, feel::Value(outcome));
  std::erase_if(state_.tasks, [id](const Task& task) { return task.id == id; });
  Effect& told = tell(Effect::Kind::task_completed, closed.node, id);
  told.person = event_.actor;
  told.word = outcome;
  finish_one(closed.token, outcome);
}

// Transfer: the other has it instead. Delegation: the other does it, and it comes back.
void Run::pass_on(Task& task) {
  if (event_.person.empty()) return refuse("process.person_missing");
  if (event_.person == event_.actor) return refuse("process.same_person");
  const bool delegation = event_.verb == Verb::delegate;
  if (!task.signers.empty()) {
    if (delegation) return refuse("process.has_signers");
    if (waiting_signer(task, event_.person) != nullptr) {
      return refuse("process.signer_already", {{"person", event_.person}});
    }
    // One signature of theirs does not stand for two.
    if (has_signed(task, event_.person)) return refuse("process.signed_already");
    Signer& signer = *waiting_signer(task, event_.actor);
    signer.person = event_.person;
    signer.order = next();
    for (Signer& one : task.signers) {
      if (one.by == event_.actor) one.by = event_.person;
    }
  } else {
    if (delegation && !task.owner.empty()) return refuse("process.delegated");
    if (task.owner == event_.person) return hand_back(task);
    if (delegation) task.owner = event_.actor;
    task.assignee = event_.person;
  }
  task.touched = true;
  Effect& told = tell(Effect::Kind::task_changed, task.node, task.id);
  told.word = delegation ? "delegated" : "transferred";
  told.person = event_.person;
}

void Run::urge(Task& task) {
  const auto stage = current_stage(task);
  if (task.urged >= kMostUrges) {
    return refuse("process.urged_enough", {{"limit", std::to_string(kMostUrges)}});
  }
  if (task.urged > 0 && event_.now - task.urged_at < kBetweenUrges) {
    return refuse("process.urged_lately");
  }
  if (task.assignee == event_.actor) return refuse("process.own_task");
  ++task.urged;
  task.urged_at = event_.now;
  if (task.signers.empty()) {
    tell(Effect::Kind::urged, task.node, task.id).person = task.assignee;
    return;
  }
  for (const Signer& signer : task.signers) {
    if (signer.state == SignerState::waiting && signer.stage == stage) {
      tell(Effect::Kind::urged, task.node, task.id).person = signer.person;
    }
  }
}

}  // namespace jishi::workflow
