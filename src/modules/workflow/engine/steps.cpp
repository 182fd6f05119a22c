// Back along the way: sending back, and taking back what one has just done.
#include "modules/workflow/engine/run.hpp"

namespace jishi::workflow {

void Run::remember(const Token& at, const std::string& actor) {
  if (state_.steps.size() >= kMostHistory) state_.steps.erase(state_.steps.begin());
  state_.steps.push_back({next(), at.instance, at.node, actor, at.branch});
}

// The token in a scope that a token lies under; 0 when it does not.
Number Run::ancestor_in(Number id, Number scope) const {
  for (const Token* at = find_token(id); at != nullptr;) {
    if (at->instance == scope) return at->id;
    at = find_token(find_instance(at->instance)->token);
  }
  return 0;
}

// The step that `to` means, among those that led to the task.
const Step* Run::earlier_step(const Task& task) {
  const Step* found = nullptr;
  for (const Step& step : state_.steps) {
    const Number ancestor = ancestor_in(task.token, step.instance);
    if (ancestor == 0 || !is_prefix(step.branch, find_token(ancestor)->branch)) continue;
    if (step.node == task.node) continue;
    if (event_.to == "initiator") return &step;
    if (event_.to == "previous" || node(step.node).id == event_.to) found = &step;
  }
  return found;
}

void Run::send_back(const Task& task) {
  if (event_.to.empty()) return refuse("process.target_missing");
  const Step* found = earlier_step(task);
  if (found == nullptr) return refuse("process.no_earlier_step", {{"name", event_.to}});
  const Step step = *found;
  const Number instance_of_task = token(task.token).instance;
  Effect& told = tell(Effect::Kind::task_completed, task.node, task.id);
  told.person = event_.actor;
  told.word = "sent back";
  set(instance_of_task, event_.variables);
  std::erase_if(state_.tasks, [&](const Task& one) { return one.id == event_.task; });
  go_back_to(step);
}

// Everything that came of a step is undone; its task is there again for who did it.
void Run::go_back_to(const Step& step) {
  if (refused_) return;
  std::vector<Number> undone;
  for (const Token& one : state_.tokens) {
    if (one.instance == step.instance && is_prefix(step.branch, one.branch)) {
      undone.push_back(one.id);
    }
  }
  for (const Number one : undone) cancel(one, false);
  std::erase_if(state_.steps, [&](const Step& one) {
    return one.instance == step.instance && one.order >= step.order &&
           is_prefix(step.branch, one.branch);
  });
  const Number made = add_token(step.node, step.instance, step.branch).id;
  moving_.pop_back();
  // One task of one person goes back to that person; where several sign or act, all of them do
  // again.
  const Node& again = node(step.node);
  const bool several = again.multi || again.task.signers != nullptr;
  enter(made, several ? std::string() : step.actor);
}

// One's own signature, as long as nobody has signed after it.
bool Run::withdraw_signature() {
  for (Task& task : state_.tasks) {
    Signer* own = nullptr;
    Number last = 0;
    for (Signer& signer : task.signers) {
      if (signer.state != Signer::State::approved) continue;
      last = std::max(last, signer.order);
      if (signer.person == event_.actor) own = &signer;
    }
    if (own == nullptr || (event_.task != 0 && event_.task != task.id)) continue;
    if (own->order != last) {
      refuse("process.acted_already");
      return true;
    }
    own->state = Signer::State::waiting;
    own->order = 0;
    Effect& told = tell(Effect::Kind::task_changed, task.node, task.id);
    told.word = "signature withdrawn";
    told.person = event_.actor;
    return true;
  }
  return false;
}

void Run::withdraw() {
  if (event_.actor.empty()) return refuse("process.actor_missing");
  if (withdraw_signature()) return;
  const auto found = std::find_if(state_.steps.rbegin(), state_.steps.rend(),
                                  [&](const Step& step) { return step.actor == event_.actor; });
  if (found == state_.steps.rend()) return refuse("process.nothing_to_withdraw");
  const Step step = *found;
  const auto came_of_it = [&](Number id) {
    const Number ancestor = ancestor_in(id, step.instance);
    return ancestor != 0 && is_prefix(step.branch, find_token(ancestor)->branch);
  };
  const bool acted =
      state_.irrevocable > step.order ||
      std::any_of(state_.steps.begin(), state_.steps.end(),
                  [&](const Step& other) {
                    return other.order > step.order && (other.instance != step.instance ||
                                                        is_prefix(step.branch, other.branch));
                  }) ||
      std::any_of(state_.tasks.begin(), state_.tasks.end(),
                  [&](const Task& task) { return task.touched && came_of_it(task.token); });
  if (acted) return refuse("process.acted_already");
  // Of several that ran beside each other one alone cannot be taken back.
  if (node(step.node).multi) return refuse("process.one_of_several");
  const bool held = std::any_of(state_.tokens.begin(), state_.tokens.end(),
                                [&](const Token& one) { return came_of_it(one.id); });
  if (!held) return refuse("process.acted_already");
  go_back_to(step);
}

}  // namespace jishi::workflow
