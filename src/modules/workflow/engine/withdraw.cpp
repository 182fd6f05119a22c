// Taking back what one has just done.
#include "modules/workflow/engine/run.hpp"
#include "modules/workflow/engine/signers.hpp"

namespace jishi::workflow {

namespace {

// Whose signature ended a step.
Signer* last_signed(std::vector<Signer>& signers, const std::string& person) {
  Signer* last = nullptr;
  for (Signer& one : signers) {
    if (one.person != person || one.state != Signer::State::approved) continue;
    if (last == nullptr || one.order > last->order) last = &one;
  }
  return last;
}

bool is_timer(const Node& node) {
  return node.kind == NodeKind::timer_event || node.kind == NodeKind::boundary_timer;
}

}  // namespace

// Whether a task is the one that is named, or of the element that is; every one where none is.
bool Run::is_meant(const Task& task) const {
  if (event_.task != 0) return event_.task == task.id;
  return event_.element.empty() || node(task.node).id == event_.element;
}

// What one has given to another to do, as long as they have not.
bool Run::withdraw_delegation() {
  const auto task = std::find_if(state_.tasks.begin(), state_.tasks.end(), [&](const Task& one) {
    return one.owner == event_.actor && is_meant(one);
  });
  if (task == state_.tasks.end()) return false;
  task->assignee = std::exchange(task->owner, {});
  Effect& told = tell(Effect::Kind::task_changed, task->node, task->id);
  told.word = "delegation withdrawn";
  told.person = task->assignee;
  return true;
}

// One's own last signature of those that are meant.
Run::Signature Run::own_signature() {
  Signature found;
  for (Task& task : state_.tasks) {
    Signer* own = is_meant(task) ? last_signed(task.signers, event_.actor) : nullptr;
    if (own == nullptr) continue;
    if (found.signer == nullptr || own->order > found.signer->order) found = {&task, own};
  }
  return found;
}

// As long as nobody has signed after it, or put somebody there who signs.
void Run::withdraw_signature(Task& task, Signer& own) {
  const bool last = std::none_of(task.signers.begin(), task.signers.end(),
                                 [&](const Signer& one) { return one.order > own.order; });
  if (!last) return refuse("process.acted_already");
  take_back(task.signers, own);
  set_turns(task);
  Effect& told = tell(Effect::Kind::task_changed, task.node, task.id);
  told.word = "signature withdrawn";
  told.person = event_.actor;
}

// The step that is to be taken back: that of the task, or of the element, that is named; of an open
// task the last of one's own that led to it; else the last of one's own.
const Step* Run::own_step() {
  const Task* open = find_task(event_.task);
  const auto found = std::find_if(state_.steps.rbegin(), state_.steps.rend(), [&](const Step& one) {
    if (one.actor != event_.actor) return false;
    if (open != nullptr)
      return came_of(one, open->token) || !joins_behind(one, open->token).empty();
    if (event_.task != 0 && one.task != 0) return one.task == event_.task;
    return event_.element.empty() || node(one.node).id == event_.element;
  });
  return found == state_.steps.rend() ? nullptr : &*found;
}

// Whether a way leads from a node to where branches come together.
bool Run::meets_a_join(Index from) const {
  std::vector<bool> seen(definition_.nodes.size(), false);
  std::vector<Index> waiting{from};
  while (!waiting.empty()) {
    const Node& at = node(waiting.back());
    waiting.pop_back();
    std::vector<Index> ahead = at.boundaries;
    for (const Index flow : at.outgoing) ahead.push_back(definition_.flows[flow].target);
    for (const Index next : ahead) {
      const NodeKind kind = node(next).kind;
      const bool joins = kind == NodeKind::parallel || kind == NodeKind::inclusive;
      if (joins && node(next).incoming.size() > 1) return true;
      if (!seen[next]) waiting.push_back(next);
      seen[next] = true;
    }
  }
  return false;
}

// Whether what went on from a node has come to an end beside others that run. Where it may have
// joined them instead, in a way that is not on record, nobody can say.
bool Run::has_ended(const Lead& lead, Index from) const {
  const auto& spots = lead.spots;
  if (find_instance(spots.back().instance) == nullptr) return false;
  const Ended* over = spots.size() < 2 ? nullptr : find_ended(spots[spots.size() - 2].instance);
  return !meets_a_join(over == nullptr ? from : over->node);
}

// The joins that what came of a step has gone through, up to where it stands now or ended; nothing
// where that is not known.
std::optional<std::vector<const Joined*>> Run::joins_since(const Step& step) const {
  std::vector<const Joined*> joins;
  Lead lead{step.order, reach_of(step)};
  Index from = step.node;
  while (true) {
    const bool held =
        std::any_of(state_.tokens.begin(), state_.tokens.end(), [&](const Token& one) {
          return came_of(lead.spots, spots_of(one.instance, one.branch)).value_or(false);
        });
    if (held) return joins;
    const Joined* join = join_behind(lead);
    if (join == nullptr) break;
    joins.push_back(join);
    lead = {join->order, {{join->instance, join->branch}}};
    from = join->node;
  }
  if (!has_ended(lead, from)) return std::nullopt;
  return joins;
}

// Whether somebody has acted on what came of a step, or something of it is done for good. A day
// that came is neither: it comes again.
bool Run::acted_since(const Step& step, const std::vector<const Joined*>& behind) const {
  if (state_.irrevocable > step.order) return true;
  const auto leads = leads_of(step, behind);
  const bool stepped =
      std::any_of(state_.steps.begin(), state_.steps.end(), [&](const Step& other) {
        if (other.order <= step.order || (other.actor.empty() && is_timer(node(other.node))))
          return false;
        return came_of(step, other) || led_to(leads, other.order, other.instance, other.branch);
      });
  return stepped || std::any_of(state_.tasks.begin(), state_.tasks.end(), [&](const Task& task) {
           const Token& at = *find_token(task.token);
           return task.touched && led_to(leads, state_.last_number, at.instance, at.branch);
         });
}

void Run::withdraw() {
  if (event_.actor.empty()) return refuse("process.actor_missing");
  if (withdraw_delegation()) return;
  const Signature signature = own_signature();
  const Step* step = own_step();
  if (signature.signer != nullptr && (step == nullptr || step->order < signature.signer->order))
    return withdraw_signature(*signature.task, *signature.signer);
  if (step == nullptr) return refuse("process.nothing_to_withdraw");
  withdraw_step(*step);
}

void Run::withdraw_step(Step step) {
  const auto behind = joins_since(step);
  if (acted_since(step, behind.value_or(std::vector<const Joined*>{})))
    return refuse("process.acted_already");
  // Of several one alone cannot be taken back.
  if (node(step.node).multi) return refuse("process.one_of_several");
  if (!behind) return refuse("process.acted_already");
  go_back_to(step, holder_of(step), *behind);
  if (refused_ || step.signers.empty()) return;
  // The others' signatures, and whom somebody added, stand.
  Task& again = state_.tasks.back();
  if (Signer* own = last_signed(step.signers, event_.actor)) take_back(step.signers, *own);
  again.signers = std::move(step.signers);
  again.assignee.clear();
  set_turns(again);
}

}  // namespace jishi::workflow
