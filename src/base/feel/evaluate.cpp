#include "base/feel/evaluate.hpp"

#include "base/feel/walk.hpp"

namespace jishi::feel {

namespace {

constexpr std::size_t kMostIssues = 8;

}  // namespace

FramePtr scope_of(Value context, FramePtr before) {
  return std::make_shared<const Frame>(Frame{std::move(before), {}, std::move(context)});
}

FramePtr bound(FramePtr before, std::string name, Value value) {
  return std::make_shared<const Frame>(Frame{std::move(before), std::move(name), std::move(value)});
}

const Value* find_name(const FramePtr& scope, std::string_view name) {
  for (const Frame* frame = scope.get(); frame != nullptr; frame = frame->before.get()) {
    if (frame->name.empty()) {
      if (const Value* found = frame->value.entry(name)) return found;
    } else if (frame->name == name) {
      return &frame->value;
    }
  }
  return nullptr;
}

Value Evaluator::fail(std::string_view code, Arguments arguments) {
  // Behind a limit everything is null: only the limit itself is a reason.
  const bool told = exhausted_ && !issues_.empty();
  if (issues_.size() < kMostIssues && !told) {
    arguments.emplace_back("line", std::to_string(place_.line));
    arguments.emplace_back("column", std::to_string(place_.column));
    issues_.push_back({jishi::fail(ErrorKind::invalid, code, std::move(arguments)), place_});
  }
  return {};
}

bool Evaluator::spend(std::size_t steps) {
  if (exhausted_) return false;
  spent_ += static_cast<std::int64_t>(steps);
  if (spent_ <= limits_.steps) return true;
  exhausted_ = true;
  issues_.clear();  // what was not reached any more is not what went wrong
  fail("feel.too_many_steps", {{"limit", std::to_string(limits_.steps)}});
  return false;
}

Value Evaluator::admitted(Value value) {
  if (const auto* text = value.text()) {
    if (static_cast<std::int64_t>(text->size()) <= limits_.text_bytes) return value;
    return fail("feel.text_too_long", {{"limit", std::to_string(limits_.text_bytes)}});
  }
  const Extent extent = value.extent();
  if (extent.parts > limits_.parts) {
    return fail("feel.value_too_large", {{"limit", std::to_string(limits_.parts)}});
  }
  if (extent.depth > limits_.nesting) {
    return fail("feel.value_too_deep", {{"limit", std::to_string(limits_.nesting)}});
  }
  return value;
}

Value Evaluator::evaluate(const Node& node, const FramePtr& scope) {
  if (!spend(1)) return {};
  const Recursion recursion(recursion_);
  if (recursion_ > limits_.recursion) {
    place_ = node.place;
    exhausted_ = true;
    issues_.clear();
    return fail("feel.recursion", {{"limit", std::to_string(limits_.recursion)}});
  }
  return std::visit(Walk{*this, scope, node.place, place_}, node.form);
}

Value Evaluator::passes(const Value& value, const Test& test, const FramePtr& scope) {
  if (const auto* endpoint = std::get_if<syntax::Endpoint>(&test.node->form)) {
    const Value limit = evaluate(*endpoint->operand, scope);
    return compared(endpoint->comparison, value, limit);
  }
  const Value found = evaluate(*test.node, bound(scope, std::string(kInputName), value));
  if (test.uses_input && (found.boolean() != nullptr || found.is_null())) return found;
  return matches(value, found);
}

Value Evaluator::passes(const Value& value, const Tests& tests, const FramePtr& scope) {
  if (tests.tests.empty()) return true;
  bool unknown = false;
  bool passed = false;
  for (const Test& test : tests.tests) {
    const Value found = passes(value, test, scope);
    passed = found.is_true();
    if (passed) break;
    unknown = unknown || !found.is_false();
  }
  if (!passed && unknown) return {};
  return passed != tests.negated;
}

Value Evaluator::call(const Value& function, std::vector<Value> arguments) {
  return call_named(function, std::move(arguments), {});
}

Value Evaluator::call_named(const Value& function, std::vector<Value> arguments,
                            const std::vector<std::string>& names) {
  const auto held = function.function();
  if (held == nullptr)
    return fail("feel.not_a_function", {{"kind", std::string(kind_of(function))}});
  if (held->builtin != nullptr) return call_builtin(*held->builtin, std::move(arguments), names);
  const std::size_t wanted = held->parameters.size();
  if (names.empty() ? arguments.size() != wanted : arguments.size() > wanted) {
    return fail("feel.argument_count",
                {{"count", std::to_string(arguments.size())}, {"wanted", std::to_string(wanted)}});
  }
  if (names.empty()) return call_function(*held, std::move(arguments));
  // By names some may be left out: they are null (DMN 1.5, 10.3.2.13.5).
  std::vector<Value> ordered(wanted);
  std::vector<bool> given(wanted);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto named = std::find_if(
        held->parameters.begin(), held->parameters.end(),
        [&](const Parameter& parameter) { return normal_name(parameter.name) == names[i]; });
    if (named == held->parameters.end()) {
      return fail("feel.argument_unknown", {{"name", names[i]}});
    }
    const auto at = static_cast<std::size_t>(named - held->parameters.begin());
    if (given[at]) return fail("feel.argument_twice", {{"name", names[i]}});
    given[at] = true;
    ordered[at] = std::move(arguments[i]);
  }
  return call_function(*held, std::move(ordered));
}

Value Evaluator::call_function(const Function& function, std::vector<Value> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Parameter& parameter = function.parameters[i];
    auto fitting = converted(arguments[i], parameter.type);
    // What does not conform arrives as null (DMN 1.5, 10.3.2.9.4), and the body tells what then.
    arguments[i] = fitting
                       ? std::move(*fitting)
                       : fail("feel.argument_type", {{"name", parameter.name},
                                                     {"kind", std::string(kind_of(arguments[i]))},
                                                     {"wanted", text_of(parameter.type)}});
  }
  Value result;
  if (function.native) {
    const Recursion recursion(recursion_);
    if (recursion_ > limits_.recursion) {
      return fail("feel.recursion", {{"limit", std::to_string(limits_.recursion)}});
    }
    result = function.native(*this, arguments);
  } else {
    FramePtr scope = function.scope;
    if (!function.own_name.empty()) {
      scope =
          bound(std::move(scope), function.own_name, std::make_shared<const Function>(function));
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      scope = bound(std::move(scope), function.parameters[i].name, std::move(arguments[i]));
    }
    result = evaluate(*function.body, scope);
  }
  auto fitting = converted(result, function.result);
  if (fitting) return admitted(std::move(*fitting));
  return fail("feel.result_type",
              {{"kind", std::string(kind_of(result))}, {"wanted", text_of(function.result)}});
}

}  // namespace jishi::feel
