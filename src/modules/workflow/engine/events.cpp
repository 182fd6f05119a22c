// What comes from outside: messages, time, services; and which verb means what.
#include "modules/workflow/engine/run.hpp"

namespace jishi::workflow {

namespace {

constexpr std::pair<Verb, std::string_view> kVerbs[] = {{Verb::start, "start"},
                                                        {Verb::claim, "claim"},
                                                        {Verb::release, "release"},
                                                        {Verb::approve, "approve"},
                                                        {Verb::approve, "complete"},
                                                        {Verb::reject, "reject"},
                                                        {Verb::send_back, "send back"},
                                                        {Verb::withdraw, "withdraw"},
                                                        {Verb::add_signer, "add signer"},
                                                        {Verb::remove_signer, "remove signer"},
                                                        {Verb::delegate, "delegate"},
                                                        {Verb::transfer, "transfer"},
                                                        {Verb::copy, "copy"},
                                                        {Verb::urge, "urge"},
                                                        {Verb::suspend, "suspend"},
                                                        {Verb::resume, "resume"},
                                                        {Verb::end, "end"},
                                                        {Verb::message, "message"},
                                                        {Verb::tick, "tick"},
                                                        {Verb::service_done, "service done"},
                                                        {Verb::service_failed, "service failed"}};

}  // namespace

std::string_view word_of(Verb verb) {
  for (const auto& [known, word] : kVerbs) {
    if (known == verb) return word;
  }
  return "";
}

std::optional<Verb> verb_of(std::string_view word) {
  for (const auto& [verb, known] : kVerbs) {
    if (known == word) return verb;
  }
  return std::nullopt;
}

std::string_view word_of(Effect::Kind kind) {
  constexpr std::string_view kWords[] = {
      "task created",  "task changed",    "task completed", "task cancelled",  "service requested",
      "timer set",     "timer cancelled", "timer fired",    "message awaited", "message cancelled",
      "message sent",  "decided",         "copied",         "urged",           "variables set",
      "scope started", "scope completed", "error thrown",   "case completed",  "case failed",
      "case ended",    "case suspended",  "case resumed"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view word_of(CaseStatus status) {
  constexpr std::string_view kWords[] = {"fresh",     "running", "suspended",
                                         "completed", "ended",   "failed"};
  return kWords[static_cast<std::size_t>(status)];
}

void Run::apply() {
  const Verb verb = event_.verb;
  if (verb == Verb::start) {
    start();
    return settle();
  }
  switch (state_.status) {
    case CaseStatus::fresh: return refuse("process.not_started");
    case CaseStatus::completed:
    case CaseStatus::ended:
    case CaseStatus::failed: return refuse("process.over");
    case CaseStatus::suspended:
      if (verb == Verb::resume) {
        state_.status = CaseStatus::running;
        tell(Effect::Kind::case_resumed);
        return;
      }
      if (verb != Verb::end) return refuse("process.suspended");
      break;
    case CaseStatus::running: break;
  }
  switch (verb) {
    case Verb::resume: return refuse("process.not_suspended");
    case Verb::suspend:
      state_.status = CaseStatus::suspended;
      tell(Effect::Kind::case_suspended);
      return;
    case Verb::end: return finish(CaseStatus::ended, Effect::Kind::case_ended, event_.name);
    case Verb::message: message(); break;
    case Verb::tick: tick(); break;
    case Verb::service_done:
    case Verb::service_failed: service(); break;
    case Verb::withdraw: withdraw(); break;
    default: task_verb(); break;
  }
  settle();
}

// A message goes to the one who has waited longest for it.
void Run::message() {
  const auto found =
      std::find_if(state_.awaited.begin(), state_.awaited.end(), [&](const Awaited& one) {
        return node(one.node).message == event_.name &&
               (event_.to.empty() || node(one.node).id == event_.to);
      });
  if (found == state_.awaited.end()) {
    return refuse("process.not_awaited", {{"name", event_.name}});
  }
  const Awaited taken = *found;
  state_.irrevocable = next();
  set(token(taken.token).instance, event_.variables);
  if (node(taken.node).kind == NodeKind::boundary_message) {
    return leave_by(taken.token, taken.node);
  }
  state_.awaited.erase(found);
  if (node(taken.node).kind == NodeKind::receive_task) return finish_one(taken.token, {});
  leave(taken.token);
}

// Fires what is due, the earliest first.
void Run::tick() {
  while (!refused_ && state_.status == CaseStatus::running) {
    const auto first = std::min_element(
        state_.timers.begin(), state_.timers.end(), [](const Timer& left, const Timer& right) {
          return std::tie(left.due, left.id) < std::tie(right.due, right.id);
        });
    if (first == state_.timers.end() || first->due > event_.now) return;
    fire(*first);
    settle();
  }
}

void Run::fire(Timer timer) {
  remember_gone(timer.node, token(timer.token).instance, token(timer.token).branch);
  tell(Effect::Kind::timer_fired, timer.node, timer.id).at = timer.due;
  std::erase_if(state_.timers, [&](const Timer& one) { return one.id == timer.id; });
  const Node& event = node(timer.node);
  if (event.kind == NodeKind::timer_event) return leave(timer.token);
  // One that comes again counts from now: however long nobody looked, it fires once.
  if (!event.interrupting && --timer.left > 0) {
    const auto due = due_of(*event.timing, scope_of(token(timer.token).instance));
    if (!due) return refuse_at(timer.node, "process.timer_value");
    timer.due = *due;
    state_.timers.push_back(timer);
    tell(Effect::Kind::timer_set, timer.node, timer.id).at = timer.due;
  }
  leave_by(timer.token, timer.node);
}

// On by a boundary event: instead of the activity, or beside it.
void Run::leave_by(Number id, Index boundary) {
  if (node(boundary).interrupting) {
    cancel(id, true);
    Token& moved = token(id);
    moved.node = boundary;
    moved.waiting = false;
    return leave(id);
  }
  Branch branch = token(id).branch;
  branch.push_back(next());
  const Number made = add_token(boundary, token(id).instance, std::move(branch)).id;
  moving_.pop_back();
  leave(made);
}

void Run::service() {
  const Task* task = find_task(event_.task);
  if (task == nullptr) return refuse("process.task_closed");
  if (node(task->node).kind != NodeKind::service_task) return refuse("process.not_a_service");
  const Number id = task->token;
  const Index index = task->node;
  if (event_.verb == Verb::service_failed) {
    remember_gone(index, token(id).instance, token(id).branch);
    tell(Effect::Kind::error_thrown, index, event_.task).word = event_.name;
    if (!caught(event_.name, id)) throw_error(event_.name, token(id).instance);
    return;
  }
  if (!node(index).task.reads_only)
    remember_gone(index, token(id).instance, token(id).branch, event_.task);
  set(token(id).instance, event_.variables);
  tell(Effect::Kind::task_completed, index, event_.task);
  std::erase_if(state_.tasks, [&](const Task& one) { return one.id == event_.task; });
  finish_one(id, {});
}

}  // namespace jishi::workflow
