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

}  // namespace

const feel::Value& Run::variables(Number id) const {
  const ScopeInstance* at = find_instance(id);
  while (!at->own_variables) at = find_instance(find_token(at->token)->instance);
  return at->variables;
}

void Run::set(Number id, const feel::Value& values) {
  if (values.entries() == nullptr || values.entries()->empty()) return;
  ScopeInstance* at = &instance(id);
  while (!at->own_variables) at = &instance(token(at->token).instance);
  feel::Value::Entries entries = *at->variables.entries();
  for (const auto& [name, value] : *values.entries()) put(entries, name, value);
  feel::Value all = feel::Value::context(std::move(entries));
  if (all.extent().parts > kLimits.parts) {
    return refuse("process.variables_too_large", {{"limit", std::to_string(kLimits.parts)}});
  }
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
