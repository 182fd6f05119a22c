#include "modules/workflow/engine/run.hpp"

namespace jishi::workflow {

bool is_prefix(const Branch& prefix, const Branch& branch) {
  return prefix.size() <= branch.size() && std::equal(prefix.begin(), prefix.end(), branch.begin());
}

void Run::refuse(std::string_view code, Arguments arguments) {
  if (!refused_) refused_ = fail(ErrorKind::refused, code, std::move(arguments));
}

void Run::refuse_at(Index index, std::string_view code, Arguments arguments) {
  arguments.emplace_back("element", node(index).id);
  refuse(code, std::move(arguments));
}

Effect& Run::tell(Effect::Kind kind, Index index, Number number) {
  effects_.push_back({kind, index, number, {}, {}, 0, {}});
  return effects_.back();
}

Token& Run::add_token(Index index, Number instance, Branch branch) {
  if (state_.tokens.size() >= kMostTokens) {
    refuse_at(index, "process.too_many_tokens", {{"limit", std::to_string(kMostTokens)}});
  }
  const Number id = next();
  state_.tokens.push_back({id, index, instance, kNone, false, std::move(branch)});
  moving_.push_back(id);
  return state_.tokens.back();
}

const Token* Run::find_token(Number id) const {
  for (const Token& one : state_.tokens) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

Token& Run::token(Number id) {
  return *const_cast<Token*>(find_token(id));
}

Task* Run::find_task(Number id) {
  for (Task& task : state_.tasks) {
    if (task.id == id) return &task;
  }
  return nullptr;
}

const ScopeInstance* Run::find_instance(Number id) const {
  for (const ScopeInstance& one : state_.scopes) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

ScopeInstance& Run::instance(Number id) {
  return *const_cast<ScopeInstance*>(find_instance(id));
}

Multi* Run::multi_of(Number id) {
  for (Multi& multi : state_.multis) {
    if (multi.token == id) return &multi;
  }
  return nullptr;
}

void Run::start() {
  if (state_.status != CaseStatus::fresh) return refuse("process.started_already");
  if (!fits(event_.variables)) return;
  state_.status = CaseStatus::running;
  state_.initiator = event_.actor;
  ScopeInstance root;
  root.id = next();
  root.scope = process_;
  root.own_variables = true;
  root.variables =
      event_.variables.entries() == nullptr ? feel::Value::context({}) : event_.variables;
  const Number id = root.id;
  state_.scopes.push_back(std::move(root));
  add_token(definition_.scopes[process_].start, id, {});
}

// Moves tokens until each waits for something outside.
void Run::settle() {
  do {
    while (!moving_.empty() && !refused_) {
      const Number id = moving_.back();
      moving_.pop_back();
      if (find_token(id) == nullptr) continue;
      if (++steps_ > kMostSteps) {
        return refuse_at(token(id).node, "process.too_many_steps",
                         {{"limit", std::to_string(kMostSteps)}});
      }
      step(id);
    }
  } while (!refused_ && join_inclusive());
}

void Run::step(Number id) {
  const Token& at = token(id);
  const Node& here = node(at.node);
  const bool joins = here.incoming.size() > 1;
  switch (here.kind) {
    case NodeKind::end: return end_token(id);
    case NodeKind::terminate: return terminate(id);
    case NodeKind::error_end: {
      const Number scope = at.instance;
      tell(Effect::Kind::error_thrown, at.node).word = here.error_code;
      return throw_error(here.error_code, scope);
    }
    case NodeKind::parallel: return joins ? join_parallel(at) : leave(id);
    case NodeKind::inclusive:
      if (!joins) return leave(id);
      token(id).waiting = true;
      return;
    case NodeKind::timer_event:
    case NodeKind::message_event: token(id).waiting = true; return arm(id, at.node);
    case NodeKind::message_throw: {
      Effect& sent = tell(Effect::Kind::message_sent, at.node);
      sent.word = here.message;
      sent.value = seen_from(at.instance, {});
      remember_gone(at.node, at.instance, at.branch);
      return leave(id);
    }
    case NodeKind::start:
    case NodeKind::exclusive:
    case NodeKind::boundary_timer:
    case NodeKind::boundary_message:
    case NodeKind::boundary_error: return leave(id);
    default: return enter(id);
  }
}

// The first flow whose condition holds, else the default.
std::vector<Index> Run::one_way(const Node& here, Number scope) {
  const auto visible = scope_of(scope);
  for (const Index flow : here.outgoing) {
    const auto& condition = definition_.flows[flow].condition;
    if (flow == here.default_flow) continue;
    if (condition == nullptr || value_of(condition, visible).is_true()) return {flow};
  }
  if (here.default_flow != kNone) return {here.default_flow};
  return {};
}

std::vector<Index> Run::ways(const Node& here, Number scope) {
  if (here.outgoing.size() == 1 && definition_.flows[here.outgoing.front()].condition == nullptr) {
    return here.outgoing;
  }
  if (here.kind == NodeKind::exclusive) return one_way(here, scope);
  const auto visible = scope_of(scope);
  std::vector<Index> taken;
  for (const Index flow : here.outgoing) {
    const auto& condition = definition_.flows[flow].condition;
    if (flow == here.default_flow) continue;
    if (condition == nullptr || value_of(condition, visible).is_true()) taken.push_back(flow);
  }
  if (taken.empty() && here.default_flow != kNone) taken.push_back(here.default_flow);
  return taken;
}

void Run::go(Token& moved, Index flow) {
  moved.flow = flow;
  moved.node = definition_.flows[flow].target;
  moved.waiting = false;
  moving_.push_back(moved.id);
  const auto& sets = definition_.flows[flow].sets;
  if (sets == nullptr) return;
  const feel::Value given = value_of(sets, scope_of(moved.instance));
  if (given.entries() == nullptr) {
    const Node& next = node(moved.node);
    return refuse_at(moved.node, "process.sets_value",
                     {{"name", next.name.empty() ? next.id : next.name}});
  }
  set(moved.instance, given);
}

// On from a node, by one way or by several at once.
void Run::leave(Number id) {
  const Token left = token(id);
  const auto taken = ways(node(left.node), left.instance);
  if (refused_) return;
  if (taken.empty()) return refuse_at(left.node, "process.no_flow");
  for (std::size_t i = 1; i < taken.size(); ++i) {
    Branch branch = left.branch;
    branch.push_back(next());
    Token& made = add_token(left.node, left.instance, std::move(branch));
    moving_.pop_back();
    go(made, taken[i]);
  }
  Token& first = token(id);
  if (taken.size() > 1) first.branch.push_back(next());
  go(first, taken.front());
}

void Run::join_parallel(const Token& arrived) {
  const Index index = arrived.node;
  const Number scope = arrived.instance;
  token(arrived.id).waiting = true;
  for (const Index flow : node(index).incoming) {
    const bool held =
        std::any_of(state_.tokens.begin(), state_.tokens.end(), [&](const Token& one) {
          return one.node == index && one.instance == scope && one.flow == flow && one.waiting;
        });
    if (!held) return;
  }
  merge(index, scope);
}

// The tokens that a join makes one of: one of each incoming flow; of an inclusive join all that
// wait there, as those of an event that came several times beside its activity.
std::vector<Number> Run::merging(Index index, Number scope) const {
  const bool all = node(index).kind == NodeKind::inclusive;
  std::vector<Number> found;
  for (const Index flow : node(index).incoming) {
    for (const Token& one : state_.tokens) {
      if (one.node != index || one.instance != scope || one.flow != flow || !one.waiting) continue;
      found.push_back(one.id);
      if (!all) break;
    }
  }
  return found;
}

// Tokens of the incoming flows become one, which goes on.
void Run::merge(Index index, Number scope) {
  Number kept = 0;
  std::vector<Arrival> arrivals;
  for (const Number id : merging(index, scope)) {
    const auto found = std::find_if(state_.tokens.begin(), state_.tokens.end(),
                                    [id](const Token& one) { return one.id == id; });
    arrivals.push_back({found->flow, found->branch});
    if (kept == 0) {
      kept = id;
      continue;
    }
    // What both came from.
    Branch& branch = token(kept).branch;
    const auto differ =
        std::mismatch(branch.begin(), branch.end(), found->branch.begin(), found->branch.end());
    branch.erase(differ.first, branch.end());
    state_.tokens.erase(found);
  }
  keep_joined(index, token(kept), arrivals);
  leave(kept);
}

// Lets the first inclusive join go on that no token can come to any more.
bool Run::join_inclusive() {
  for (std::size_t i = 0; i < state_.tokens.size(); ++i) {
    const Token& one = state_.tokens[i];
    const Node& here = node(one.node);
    if (here.kind != NodeKind::inclusive || here.incoming.size() < 2) continue;
    if (!may_merge(here, one.node, one.instance)) continue;
    merge(one.node, one.instance);
    return true;
  }
  return false;
}

bool Run::may_merge(const Node& here, Index index, Number scope) {
  std::uint64_t full = 0;
  for (const Token& one : state_.tokens) {
    if (one.node != index || one.instance != scope) continue;
    const auto place = std::find(here.incoming.begin(), here.incoming.end(), one.flow);
    full |= std::uint64_t{1} << (place - here.incoming.begin());
  }
  return std::none_of(state_.tokens.begin(), state_.tokens.end(), [&](const Token& one) {
    if (one.node == index || one.instance != scope) return false;
    const std::uint64_t reach = here.reach[one.node];
    return (reach & ~full) != 0 && (reach & full) == 0;
  });
}

void Run::end_token(Number id) {
  const Number scope = token(id).instance;
  const Branch last = token(id).branch;
  std::erase_if(state_.tokens, [id](const Token& one) { return one.id == id; });
  const bool empty = std::none_of(state_.tokens.begin(), state_.tokens.end(),
                                  [scope](const Token& one) { return one.instance == scope; });
  if (empty) complete_scope(scope, last);
}

void Run::terminate(Number id) {
  const Number scope = token(id).instance;
  const Branch last = token(id).branch;
  std::vector<Number> all;
  for (const Token& one : state_.tokens) {
    if (one.instance == scope) all.push_back(one.id);
  }
  for (const Number one : all) cancel(one, false);
  complete_scope(scope, last);
}

void Run::complete_scope(Number id, const Branch& last) {
  const ScopeInstance ended = instance(id);
  tell(Effect::Kind::scope_completed, definition_.scopes[ended.scope].owner, id);
  if (ended.token == 0) return finish(CaseStatus::completed, Effect::Kind::case_completed, {});
  keep_ended(ended, last);
  std::erase_if(state_.scopes, [id](const ScopeInstance& one) { return one.id == id; });
  const Token& waiting = token(ended.token);
  if (ended.own_variables) {
    for (const std::string& name : node(waiting.node).task.outputs) {
      const feel::Value* value = ended.variables.entry(name);
      set(waiting.instance, name, value == nullptr ? feel::Value() : *value);
    }
  }
  finish_one(ended.token, {});
}

// An error goes up through the scopes until a boundary event catches it.
void Run::throw_error(const std::string& code, Number scope) {
  for (Number at = scope; at != 0;) {
    const Number owner = instance(at).token;
    if (owner == 0) break;
    if (caught(code, owner)) return;
    at = token(owner).instance;
  }
  finish(CaseStatus::failed, Effect::Kind::case_failed, code);
}

// The event that names the code, else the one for any, whichever was drawn first.
bool Run::caught(const std::string& code, Number id) {
  Index any = kNone;
  Index named = kNone;
  for (const Index boundary : node(token(id).node).boundaries) {
    const Node& event = node(boundary);
    if (event.kind != NodeKind::boundary_error) continue;
    if (event.error_code.empty() && any == kNone) any = boundary;
    if (!event.error_code.empty() && event.error_code == code) named = boundary;
  }
  const Index met = named == kNone ? any : named;
  if (met == kNone) return false;
  leave_by(id, met);
  return true;
}

// Ends the case: nothing is left that waits.
void Run::finish(CaseStatus status, Effect::Kind kind, const std::string& word) {
  const feel::Value last = variables_of(state_);
  std::vector<Number> all;
  for (const Token& one : state_.tokens) all.push_back(one.id);
  for (const Number one : all) {
    if (find_token(one) != nullptr) cancel(one, false);
  }
  state_.status = status;
  state_.scopes.resize(1);
  state_.steps.clear();
  state_.ended.clear();
  state_.joined.clear();
  moving_.clear();
  Effect& told = tell(kind);
  told.word = word;
  told.value = last;
}

const feel::Value& variables_of(const State& state) {
  static const feel::Value kNothing;
  return state.scopes.empty() ? kNothing : state.scopes.front().variables;
}

Outcome apply(const Definition& definition, Index process, const State& state, const Event& event,
              const Environment& environment) {
  Outcome outcome;
  outcome.state = state;
  Run run(definition, process, outcome.state, event, environment);
  run.apply();
  if (auto refused = run.refused()) {
    outcome.refused = std::move(refused);
    outcome.state = state;
    return outcome;
  }
  outcome.effects = run.take_effects();
  return outcome;
}

std::optional<Error> refuse_verb(const Definition& definition, Index process, const State& state,
                                 const Event& event) {
  State asked = state;
  const Environment none;
  Run run(definition, process, asked, event, none);
  run.ask();
  return run.refused();
}

}  // namespace jishi::workflow
