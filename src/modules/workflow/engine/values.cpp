// Variables: where they stand, what an expression sees of them.
#include "base/feel/evaluate.hpp"
#include "modules/workflow/engine/run.hpp"

namespace jishi::workflow {

namespace {

// One expression of a process is small work.
constexpr feel::Limits kLimits{200'000, 100'000, 1 << 18, 32, 300};

void put(feel::Value::Entries& entries, const std::string& name, feel::Value value) {
  for (auto& entry : entries) {
    if (entry.first != name) continue;
    entry.second = std::move(value);
    return;
  }
  entries.emplace_back(name, std::move(value));
}

/// The one of a number; null: none.
template <typename One>
const One* of_number(const std::vector<One>& all, Number id) {
  const auto found =
      std::find_if(all.begin(), all.end(), [id](const One& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

/// The process round a scope that has variables of its own.
const ScopeInstance* process_round(const State& state, const ScopeInstance* scope) {
  while (scope != nullptr && !scope->own_variables) {
    const Token* outside = of_number(state.tokens, scope->token);
    scope = outside == nullptr ? nullptr : of_number(state.scopes, outside->instance);
  }
  return scope;
}

}  // namespace

feel::Value variables_seen(const State& state, Number number) {
  const Task* task = of_number(state.tasks, number);
  const Token* token = task == nullptr ? nullptr : of_number(state.tokens, task->token);
  const ScopeInstance* round =
      token == nullptr ? nullptr : process_round(state, of_number(state.scopes, token->instance));
  const feel::Value& variables = round == nullptr ? variables_of(state) : round->variables;
  const auto* locals = task == nullptr ? nullptr : task->locals.entries();
  if (locals == nullptr || locals->empty() || variables.entries() == nullptr) return variables;
  feel::Value::Entries all = *variables.entries();
  for (const auto& [name, value] : *locals) put(all, name, value);
  return feel::Value::context(std::move(all));
}

const feel::Value& Run::variables(Number id) const {
  const ScopeInstance* at = find_instance(id);
  while (!at->own_variables) at = find_instance(find_token(at->token)->instance);
  return at->variables;
}

// The names that the loops round a scope give to what runs in it, the innermost last.
void Run::add_locals(Number id, feel::Value::Entries& all) const {
  const ScopeInstance& at = *find_instance(id);
  if (!at.own_variables) add_locals(find_token(at.token)->instance, all);
  if (const auto* entries = at.locals.entries()) {
    for (const auto& [name, value] : *entries) put(all, name, value);
  }
}

// The names that an instance has to itself, with those of the loops round it.
feel::Value Run::locals_within(Number id, const feel::Value& own) const {
  feel::Value::Entries all;
  add_locals(id, all);
  if (all.empty()) return own;
  if (const auto* entries = own.entries()) {
    for (const auto& [name, value] : *entries) put(all, name, value);
  }
  return feel::Value::context(std::move(all));
}

// The variables as they are seen there, the names of loops over them.
feel::Value Run::seen_from(Number id, const feel::Value& own) const {
  const feel::Value locals = locals_within(id, own);
  const auto* entries = locals.entries();
  if (entries == nullptr) return variables(id);
  feel::Value::Entries all = *variables(id).entries();
  for (const auto& [name, value] : *entries) put(all, name, value);
  return feel::Value::context(std::move(all));
}

// Refuses more than a case can hold.
bool Run::fits(const feel::Value& all) {
  if (all.extent().parts <= kLimits.parts) return true;
  refuse("process.variables_too_large", {{"limit", std::to_string(kLimits.parts)}});
  return false;
}

void Run::set(Number id, const feel::Value& values) {
  if (values.entries() == nullptr || values.entries()->empty()) return;
  ScopeInstance* at = &instance(id);
  while (!at->own_variables) at = &instance(token(at->token).instance);
  feel::Value::Entries entries = *at->variables.entries();
  for (const auto& [name, value] : *values.entries()) put(entries, name, value);
  feel::Value all = feel::Value::context(std::move(entries));
  if (!fits(all)) return;
  at->variables = std::move(all);
  tell(Effect::Kind::variables_set).value = values;
}

void Run::set(Number id, const std::string& name, feel::Value value) {
  set(id, feel::Value::context({{name, std::move(value)}}));
}

// The process's variables, and over them what each scope on the way in adds.
feel::FramePtr Run::scope_of(Number id) const {
  const ScopeInstance& at = *find_instance(id);
  feel::FramePtr frame =
      at.own_variables ? feel::scope_of(at.variables) : scope_of(find_token(at.token)->instance);
  return at.locals.is_null() ? frame : feel::scope_of(at.locals, std::move(frame));
}

feel::FramePtr Run::scope_of(Number id, const feel::Value& locals) const {
  feel::FramePtr frame = scope_of(id);
  return locals.is_null() ? frame : feel::scope_of(locals, std::move(frame));
}

feel::Value Run::value_of(const feel::NodePtr& expression, const feel::FramePtr& scope) {
  FixedClock clock{Date{}};
  clock.set_ms(event_.now);
  feel::Evaluator evaluator(clock, kLimits);
  return evaluator.evaluate(*expression, scope);
}

}  // namespace jishi::workflow
