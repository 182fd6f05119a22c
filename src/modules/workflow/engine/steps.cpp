// Back along the way: what is kept of it, and sending back.
#include "modules/workflow/engine/run.hpp"
#include "modules/workflow/engine/signers.hpp"

namespace jishi::workflow {

// Who has a step again: who did it; where they asked others to sign it too, who asked.
std::string Run::holder_of(const Step& step) {
  return step.signers.empty() ? step.actor : step.signers.front().person;
}

void Run::keep(Step step) {
  if (state_.steps.size() >= kMostHistory) state_.steps.erase(state_.steps.begin());
  state_.steps.push_back(std::move(step));
}

// Where a step ends because nobody is left to sign it, it is of whoever signed last.
void Run::remember(const Token& at, const Task& closed) {
  const Signer* last =
      event_.verb == Verb::remove_signer ? last_signature(closed.signers) : nullptr;
  const std::string& actor = last == nullptr ? event_.actor : last->person;
  keep({next(), at.instance, at.node, actor, at.branch, closed.id, closed.signers});
}

// What left the case for good: a message, a day that came, an operation; `task`: which is done.
void Run::remember_gone(Index gone, Number scope, const Branch& branch, Number task) {
  keep({next(), scope, gone, {}, branch, task, {}});
}

const Ended* Run::find_ended(Number id) const {
  for (const Ended& one : state_.ended) {
    if (one.scope.id == id) return &one;
  }
  return nullptr;
}

// Of several that ran beside each other none is gone back into.
void Run::keep_ended(const ScopeInstance& ended, const Branch& last) {
  const Token& waits = token(ended.token);
  if (node(waits.node).multi) return;
  if (state_.ended.size() >= kMostHistory) state_.ended.erase(state_.ended.begin());
  state_.ended.push_back({ended, waits.node, next(), waits.instance, waits.branch, last});
}

// What was done in a scope, and in those that ended in it.
void Run::forget(Number scope) {
  std::vector<Number> below;
  for (const Ended& one : state_.ended) {
    if (one.parent == scope) below.push_back(one.scope.id);
  }
  for (const Number one : below) forget(one);
  std::erase_if(state_.steps, [scope](const Step& step) { return step.instance == scope; });
  std::erase_if(state_.ended, [scope](const Ended& one) { return one.parent == scope; });
  std::erase_if(state_.joined, [scope](const Joined& one) { return one.instance == scope; });
}

// Only where all branches of the split have come: of what then stands in that part nothing came
// from elsewhere.
void Run::keep_joined(Index join, const Token& kept, const std::vector<Arrival>& arrivals) {
  const auto within = [&](const Arrival& one) { return one.branch.size() > kept.branch.size(); };
  if (arrivals.size() < 2 || !std::all_of(arrivals.begin(), arrivals.end(), within)) return;
  const bool others =
      std::any_of(state_.tokens.begin(), state_.tokens.end(), [&](const Token& one) {
        return one.id != kept.id && one.instance == kept.instance &&
               is_prefix(kept.branch, one.branch);
      });
  if (others) return;
  if (state_.joined.size() >= kMostHistory) state_.joined.erase(state_.joined.begin());
  const Branch branch = kept.branch;
  state_.joined.push_back({next(), kept.instance, join, branch, arrivals});
}

// The join to which what came of one branch went, as one arrival of it.
const Joined* Run::join_behind(const Lead& lead) const {
  const Spot& top = lead.spots.back();
  for (const Joined& one : state_.joined) {
    if (one.instance != top.instance || one.order < lead.order) continue;
    const auto ways = std::count_if(
        one.arrivals.begin(), one.arrivals.end(),
        [&](const Arrival& arrival) { return is_prefix(top.branch, arrival.branch); });
    if (ways == 1) return &one;
  }
  return nullptr;
}

// The joins between a step of one branch and a token that came out of them; none where it did not.
std::vector<const Joined*> Run::joins_behind(const Step& step, Number id) const {
  const Token& at = *find_token(id);
  const auto stands = spots_of(at.instance, at.branch);
  std::vector<const Joined*> joins;
  Lead lead{step.order, reach_of(step)};
  while (const Joined* join = join_behind(lead)) {
    joins.push_back(join);
    lead = {join->order, {{join->instance, join->branch}}};
    if (came_of(lead.spots, stands).value_or(false)) return joins;
  }
  return {};
}

std::vector<Run::Lead> Run::leads_of(const Step& step,
                                     const std::vector<const Joined*>& joins) const {
  std::vector<Lead> leads{{step.order, reach_of(step)}};
  for (const Joined* one : joins) leads.push_back({one->order, {{one->instance, one->branch}}});
  return leads;
}

bool Run::led_to(const std::vector<Lead>& leads, Number order, Number scope,
                 const Branch& branch) const {
  const auto stood = spots_of(scope, branch);
  return std::any_of(leads.begin(), leads.end(), [&](const Lead& lead) {
    return order >= lead.order && came_of(lead.spots, stood).value_or(false);
  });
}

// Where something stands, or stood: in its own scope, and in each round it, the innermost first.
std::vector<Run::Spot> Run::spots_of(Number scope, const Branch& branch) const {
  std::vector<Spot> spots{{scope, branch}};
  while (true) {
    const Number within = spots.back().instance;
    if (const ScopeInstance* runs = find_instance(within)) {
      const Token* waits = find_token(runs->token);
      if (waits == nullptr) return spots;
      spots.push_back({waits->instance, waits->branch});
    } else if (const Ended* over = find_ended(within)) {
      spots.push_back({over->parent, over->branch});
    } else {
      return spots;
    }
  }
}

// From where a step can be gone back to: from the scope that it is of, while that runs; of one that
// has ended from the scope round it, too, where all that it came to went on from this step.
std::vector<Run::Spot> Run::reach_of(const Step& step) const {
  std::vector<Spot> spots{{step.instance, step.branch}};
  while (find_instance(spots.back().instance) == nullptr) {
    const Ended* over = find_ended(spots.back().instance);
    if (over == nullptr || !is_prefix(spots.back().branch, over->last)) return spots;
    spots.push_back({over->parent, over->branch});
  }
  return spots;
}

// Where both lie in one scope, whether the one led to the other; nothing where they do not.
std::optional<bool> Run::came_of(const std::vector<Spot>& before, const std::vector<Spot>& after) {
  for (const Spot& one : before) {
    for (const Spot& other : after) {
      if (one.instance == other.instance) return is_prefix(one.branch, other.branch);
    }
  }
  return std::nullopt;
}

// Whether a token came of a step.
bool Run::came_of(const Step& step, Number id) const {
  const Token& at = *find_token(id);
  return came_of(reach_of(step), spots_of(at.instance, at.branch)).value_or(false);
}

// Whether a step came of an earlier one. Of what nobody knows any more: it did.
bool Run::came_of(const Step& step, const Step& other) const {
  if (other.order <= step.order) return false;
  const auto after = spots_of(other.instance, other.branch);
  const bool unknown = find_instance(after.back().instance) == nullptr;
  return came_of(reach_of(step), after).value_or(unknown);
}

// The step that `to` means, among those that led to the task. Back to the initiator: to the first
// step that they did themselves, else to the first of all.
const Step* Run::earlier_step(const Task& task) {
  const Step* found = nullptr;
  const Step* first = nullptr;
  for (const Step& step : state_.steps) {
    if (step.actor.empty() || step.node == task.node || !came_of(step, task.token)) continue;
    if (first == nullptr) first = &step;
    if (event_.to == "initiator") {
      if (step.actor == state_.initiator) return &step;
    } else if (event_.to == "previous" || node(step.node).id == event_.to) {
      found = &step;
    }
  }
  return event_.to == "initiator" ? first : found;
}

// A step of one branch of a part that has been joined, by its name alone: which of several was the
// previous one nobody can say.
const Step* Run::joined_step(const Task& task) const {
  const auto found = std::find_if(state_.steps.rbegin(), state_.steps.rend(), [&](const Step& one) {
    return !one.actor.empty() && node(one.node).id == event_.to;
  });
  if (found == state_.steps.rend() || found->node == task.node) return nullptr;
  return joins_behind(*found, task.token).empty() ? nullptr : &*found;
}

// Whether a step that is named lies in a branch that was joined in a way which is not on record.
bool Run::is_behind_a_join(const Task& task) const {
  const Token& at = *find_token(task.token);
  return std::any_of(state_.steps.begin(), state_.steps.end(), [&](const Step& one) {
    return !one.actor.empty() && node(one.node).id == event_.to && one.instance == at.instance &&
           one.branch.size() > at.branch.size() && is_prefix(at.branch, one.branch);
  });
}

// The last operation behind a step that is on record: nobody goes back behind it.
const Step* Run::done_for_good(const Step& from, const std::vector<const Joined*>& behind) const {
  const auto leads = leads_of(from, behind);
  const auto found = std::find_if(state_.steps.rbegin(), state_.steps.rend(), [&](const Step& one) {
    return one.actor.empty() && one.task != 0 &&
           (came_of(from, one) || led_to(leads, one.order, one.instance, one.branch));
  });
  return found == state_.steps.rend() ? nullptr : &*found;
}

void Run::send_back(const Task& task) {
  if (event_.to.empty()) return refuse("process.target_missing");
  const Step* found = earlier_step(task);
  std::vector<const Joined*> behind;
  if (found == nullptr) {
    found = joined_step(task);
    if (found == nullptr) {
      const Index meant = definition_.node(event_.to);
      if (meant == kNone || !is_behind_a_join(task))
        return refuse("process.no_earlier_step", {{"name", event_.to}});
      return refuse("process.behind_a_join",
                    {{"name", node(meant).name.empty() ? event_.to : node(meant).name}});
    }
    behind = joins_behind(*found, task.token);
  }
  if (const Step* gone = done_for_good(*found, behind)) {
    const Node& operation = node(gone->node);
    return refuse("process.done_for_good",
                  {{"name", operation.name.empty() ? operation.id : operation.name}});
  }
  const Step step = *found;
  const Number instance_of_task = token(task.token).instance;
  Effect& told = tell(Effect::Kind::task_completed, task.node, task.id);
  told.person = event_.actor;
  told.word = "sent back";
  set(instance_of_task, event_.variables);
  std::erase_if(state_.tasks, [&](const Task& one) { return one.id == event_.task; });
  const bool to_initiator = event_.to == "initiator" && !state_.initiator.empty();
  go_back_to(step, to_initiator ? state_.initiator : holder_of(step), behind);
}

// A scope that has ended runs again, with those round it that have: to go back into it.
void Run::begin_again(Number scope) {
  const Ended* over = find_ended(scope);
  if (over == nullptr) return;
  Ended again = *over;
  begin_again(again.parent);
  Token& made = add_token(again.node, again.parent, again.branch);
  moving_.pop_back();
  made.waiting = true;
  again.scope.token = made.id;
  for (const Index boundary : node(again.node).boundaries) arm(again.scope.token, boundary);
  tell(Effect::Kind::scope_started, again.node, again.scope.id);
  state_.scopes.push_back(std::move(again.scope));
  std::erase_if(state_.ended, [scope](const Ended& one) { return one.scope.id == scope; });
}

// At each join behind a step the other branches have come again, and wait for its own.
void Run::wait_again(const std::vector<Joined>& joins, const Step& step) {
  Branch own = reach_of(step).back().branch;
  for (const Joined& join : joins) {
    for (const Arrival& arrival : join.arrivals) {
      if (is_prefix(own, arrival.branch)) continue;
      Token& made = add_token(join.node, join.instance, arrival.branch);
      moving_.pop_back();
      made.flow = arrival.flow;
      made.waiting = true;
    }
    own = join.branch;
  }
}

// Everything that came of a step is undone; its task is there again for somebody. `behind`: the
// joins that its branch went through since.
void Run::go_back_to(const Step& step, const std::string& assignee,
                     const std::vector<const Joined*>& behind) {
  if (refused_) return;
  const auto leads = leads_of(step, behind);
  const Spot top = leads.back().spots.back();  // in the innermost scope that still runs
  const auto follows = [&](Number order, Number scope, const Branch& branch) {
    return led_to(leads, order, scope, branch);
  };
  std::vector<Joined> joins;
  for (const Joined* one : behind) joins.push_back(*one);
  std::vector<Number> undone;
  for (const Token& one : state_.tokens) {
    if (one.instance == top.instance && is_prefix(top.branch, one.branch)) undone.push_back(one.id);
  }
  std::vector<Number> forgotten;
  for (const Step& one : state_.steps) {
    if (follows(one.order, one.instance, one.branch)) forgotten.push_back(one.order);
  }
  std::vector<Number> parted;
  for (const Joined& one : state_.joined) {
    if (follows(one.order, one.instance, one.branch)) parted.push_back(one.order);
  }
  std::vector<Number> begun;
  for (const Ended& one : state_.ended) {
    if (one.order > step.order && follows(one.order, one.parent, one.branch))
      begun.push_back(one.order);
  }
  for (const Number one : undone) cancel(one, false);
  std::erase_if(state_.steps, [&](const Step& one) {
    return std::find(forgotten.begin(), forgotten.end(), one.order) != forgotten.end();
  });
  const auto is_in = [](const std::vector<Number>& orders, Number order) {
    return std::find(orders.begin(), orders.end(), order) != orders.end();
  };
  std::erase_if(state_.joined, [&](const Joined& one) { return is_in(parted, one.order); });
  wait_again(joins, step);
  begin_again(step.instance);
  std::erase_if(state_.ended, [&](const Ended& one) { return is_in(begun, one.order); });
  const Number made = add_token(step.node, step.instance, step.branch).id;
  moving_.pop_back();
  // One task of one person goes back to that person; where several sign or act, all of them do
  // again.
  const Node& again = node(step.node);
  const bool several = again.multi || again.task.signers != nullptr;
  enter(made, several ? std::string() : assignee);
}

}  // namespace jishi::workflow
