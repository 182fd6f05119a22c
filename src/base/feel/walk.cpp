#include "base/feel/walk.hpp"

#include "base/feel/arithmetic.hpp"
#include "base/feel/compare.hpp"

namespace jishi::feel {

namespace {

std::string_view sign_of(ArithmeticOperator operation) {
  switch (operation) {
    case ArithmeticOperator::add: return "+";
    case ArithmeticOperator::subtract: return "-";
    case ArithmeticOperator::multiply: return "*";
    case ArithmeticOperator::divide: return "/";
    case ArithmeticOperator::power: return "**";
  }
  return "";
}

std::optional<bool> holds(Comparison comparison, std::strong_ordering order) {
  switch (comparison) {
    case Comparison::less: return std::is_lt(order);
    case Comparison::less_or_equal: return std::is_lteq(order);
    case Comparison::greater: return std::is_gt(order);
    case Comparison::greater_or_equal: return std::is_gteq(order);
    case Comparison::equal: return std::is_eq(order);
    case Comparison::not_equal: return std::is_neq(order);
  }
  return std::nullopt;
}

// A list, context, range or function of nothing in particular: no type of its own (DMN 1.5, rule 52
// and table 61). Null: the type has none.
const Type* bare_in(const Type& type) {
  const bool wants_parts = type.kind == Type::Kind::list || type.kind == Type::Kind::range ||
                           type.kind == Type::Kind::function;
  if (wants_parts && type.parts.empty()) return &type;
  if (type.kind == Type::Kind::context && type.fields.empty()) return &type;
  for (const Type& part : type.parts) {
    if (const Type* bare = bare_in(part)) return bare;
  }
  for (const auto& field : type.fields) {
    if (const Type* bare = bare_in(field.type)) return bare;
  }
  return nullptr;
}

// The three-valued `or` (`and`, with the truth turned round) of two values.
Value joined(bool disjunction, const Value& left, const Value& right) {
  const auto decides = [&](const Value& value) {
    return disjunction ? value.is_true() : value.is_false();
  };
  if (decides(left) || decides(right)) return disjunction;
  if (left.boolean() == nullptr || right.boolean() == nullptr) return {};
  return !disjunction;
}

}  // namespace

Value compared(Comparison comparison, const Value& left, const Value& right) {
  if (comparison == Comparison::equal) return equal(left, right);
  if (comparison == Comparison::not_equal) {
    const auto found = equal(left, right);
    return found ? Value(!*found) : Value();
  }
  const auto found = order(left, right);
  if (!found) return {};
  // `<=` is `<` or `=`, and equality may be the stricter: a local time is equal to none at an
  // offset.
  if (std::is_eq(*found) && equal(left, right) != true) return false;
  return holds(comparison, *found);
}

Value matches(const Value& value, const Value& test) {
  if (const auto* items = test.items()) {
    if (value.items() != nullptr && equal(value, test) == true) return true;
    for (const Value& item : *items) {
      if (matches(value, item).is_true()) return true;
    }
    return false;
  }
  if (const auto* range = test.range()) {
    return value.range() != nullptr ? equal(value, test) : contains(*range, value);
  }
  // A test that is an expression of its own: `x > 3`.
  if (test.boolean() != nullptr && value.boolean() == nullptr && !value.is_null()) return test;
  return equal(value, test);
}

Value Walk::fail(std::string_view code, Arguments arguments) const {
  current = place;
  return evaluator.fail(code, std::move(arguments));
}

Value Walk::operator()(const syntax::Failure& form) const {
  return fail(form.code, form.arguments);
}

Value Walk::operator()(const syntax::Name& form) const {
  if (form.builtin != nullptr) {
    Function function;
    function.builtin = form.builtin;
    return std::make_shared<const Function>(std::move(function));
  }
  if (const Value* found = find_name(scope, form.name)) return *found;
  return fail("feel.unknown_name", {{"name", form.name}});
}

Value Walk::operator()(const syntax::Input&) const {
  if (const Value* found = find_name(scope, kInputName)) return *found;
  return fail("feel.no_input");
}

Value Walk::operator()(const syntax::Negation& form) const {
  const Value operand = of(form.operand);
  if (auto found = negated(operand)) return *found;
  if (operand.is_null()) return {};
  return fail("feel.negation", {{"kind", std::string(kind_of(operand))}});
}

Value Walk::operator()(const syntax::Arithmetic& form) const {
  const Value left = of(form.left);
  const Value right = of(form.right);
  if (auto found = calculate(form.operation, left, right)) {
    current = place;
    return found->text() == nullptr ? std::move(*found) : evaluator.admitted(std::move(*found));
  }
  const auto* divisor = right.number();
  if (form.operation == ArithmeticOperator::divide && divisor != nullptr && divisor->is_zero()) {
    return fail("feel.division_by_zero");
  }
  return fail("feel.arithmetic", {{"sign", std::string(sign_of(form.operation))},
                                  {"left", std::string(kind_of(left))},
                                  {"right", std::string(kind_of(right))}});
}

Value Walk::operator()(const syntax::Compare& form) const {
  const Value left = of(form.left);
  const Value right = of(form.right);
  Value found = compared(form.comparison, left, right);
  if (!found.is_null()) return found;
  return fail("feel.comparison",
              {{"left", std::string(kind_of(left))}, {"right", std::string(kind_of(right))}});
}

Value Walk::operator()(const syntax::Junction& form) const {
  const Value left = of(form.left);
  if (form.disjunction ? left.is_true() : left.is_false()) return form.disjunction;
  return joined(form.disjunction, left, of(form.right));
}

Value Walk::operator()(const syntax::Between& form) const {
  const Value value = of(form.value);
  const Value low = compared(Comparison::greater_or_equal, value, of(form.low));
  const Value high = compared(Comparison::less_or_equal, value, of(form.high));
  Value found = joined(false, low, high);
  if (found.is_null()) return fail("feel.between", {{"kind", std::string(kind_of(value))}});
  return found;
}

Value Walk::operator()(const syntax::In& form) const {
  const Value value = of(form.value);
  Value found = false;
  for (const Test& test : form.tests) {
    found = joined(true, found, evaluator.passes(value, test, scope));
    if (found.is_true()) break;
  }
  if (found.is_null()) return fail("feel.in", {{"kind", std::string(kind_of(value))}});
  return found;
}

Value Walk::operator()(const syntax::Endpoint& form) const {
  Value operand = of(form.operand);
  switch (form.comparison) {
    case Comparison::less: return Value::range({{}, std::move(operand), false, false});
    case Comparison::less_or_equal: return Value::range({{}, std::move(operand), false, true});
    case Comparison::greater: return Value::range({std::move(operand), {}, false, false});
    case Comparison::greater_or_equal: return Value::range({std::move(operand), {}, true, false});
    case Comparison::equal: return Value::range({operand, operand, true, true});
    case Comparison::not_equal: return fail("feel.not_equal_range");
  }
  return {};
}

Value Walk::operator()(const syntax::If& form) const {
  return of(of(form.condition).is_true() ? form.yes : form.no);
}

Value Walk::operator()(const syntax::InstanceOf& form) const {
  const Value value = of(form.value);
  if (form.type.kind == Type::Kind::unknown) {
    return fail("feel.unknown_type", {{"type", form.type.name}});
  }
  if (const Type* bare = bare_in(form.type)) {
    return fail("feel.type_parameter", {{"type", text_of(*bare)}});
  }
  return is_instance(value, form.type);
}

Value Walk::operator()(const syntax::Range& form) const {
  RangeValue range{of(form.start), of(form.end), form.start_included, form.end_included};
  // What is unknown bounds nothing where the end is open: `(x..10)` is `(< 10)` then. At a closed
  // end it would have to be a member.
  const bool endless = range.start.is_null() ? !range.start_included && !range.end.is_null()
                                             : range.end.is_null() && !range.end_included;
  if (endless) return Value::range(std::move(range));
  const auto found = order(range.start, range.end);
  if (!found) {
    return fail("feel.range_kinds", {{"left", std::string(kind_of(range.start))},
                                     {"right", std::string(kind_of(range.end))}});
  }
  if (std::is_gt(*found)) return fail("feel.range_order");
  return Value::range(std::move(range));
}

Value Walk::operator()(const syntax::List& form) const {
  std::vector<Value> items;
  items.reserve(form.items.size());
  for (const NodePtr& item : form.items) items.push_back(of(item));
  current = place;
  return evaluator.admitted(Value::list(std::move(items)));
}

Value Walk::operator()(const syntax::Context& form) const {
  Value::Entries entries;
  FramePtr inner = scope;
  for (const syntax::Entry& written : form.entries) {
    const std::string& name = written.name;
    const NodePtr& node = written.value;
    Value value = evaluator.evaluate(*node, inner);
    // A function that was written here may call itself by the entry's name.
    if (std::holds_alternative<syntax::Lambda>(node->form)) {
      if (const auto held = value.function()) {
        auto named = std::make_shared<Function>(*held);
        named->own_name = name;
        value = Value(std::shared_ptr<const Function>(std::move(named)));
      }
    }
    const auto twice = std::any_of(entries.begin(), entries.end(),
                                   [&](const auto& entry) { return entry.first == name; });
    if (twice) return fail("feel.entry_twice", {{"name", name}});
    inner = bound(std::move(inner), name, value);
    entries.emplace_back(name, std::move(value));
  }
  current = place;
  return evaluator.admitted(Value::context(std::move(entries)));
}

Value Walk::operator()(const syntax::Lambda& form) const {
  Function function;
  function.parameters = form.parameters;
  function.body = form.body;
  function.scope = scope;
  return std::make_shared<const Function>(std::move(function));
}

Value Walk::operator()(const syntax::Call& form) const {
  std::vector<Value> arguments;
  arguments.reserve(form.arguments.size());
  for (const NodePtr& argument : form.arguments) arguments.push_back(of(argument));
  const auto* name = std::get_if<syntax::Name>(&form.callee->form);
  const Value callee = of(form.callee);
  if (name != nullptr && callee.function() == nullptr) {
    return fail("feel.unknown_function", {{"name", name->name}});
  }
  current = place;
  return evaluator.call_named(callee, std::move(arguments), form.names);
}

}  // namespace jishi::feel
