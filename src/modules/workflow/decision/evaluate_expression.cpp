#include "base/feel/compare.hpp"
#include "modules/workflow/decision/expression.hpp"

namespace jishi::workflow::decision {

namespace {

using feel::Value;

struct Walk {
  feel::Evaluator& evaluator;
  const feel::FramePtr& scope;

  Value of(const ExpressionPtr& expression) const { return evaluate(evaluator, expression, scope); }

  Value operator()(const LiteralExpression& form) const {
    return form.node == nullptr ? Value() : evaluator.evaluate(*form.node, scope);
  }

  Value operator()(const DecisionTable& form) const {
    return evaluate_table(evaluator, form, scope);
  }

  Value operator()(const BoxedContext& form) const {
    Value::Entries entries;
    feel::FramePtr inner = scope;
    for (const ContextEntry& entry : form.entries) {
      Value value;
      const auto* function =
          entry.value == nullptr ? nullptr : std::get_if<FunctionDefinition>(&entry.value->form);
      if (function != nullptr) {
        value = function_of(*function, inner, entry.name);
      } else {
        value = evaluate(evaluator, entry.value, inner);
      }
      if (entry.type) value = conformed(evaluator, value, *entry.type, entry.name);
      if (entry.name.empty()) return value;
      inner = feel::bound(std::move(inner), entry.name, value);
      entries.emplace_back(entry.name, std::move(value));
    }
    return evaluator.admitted(Value::context(std::move(entries)));
  }

  Value operator()(const BoxedInvocation& form) const {
    const Value called = of(form.called);
    std::vector<Value> arguments;
    for (const ExpressionPtr& argument : form.arguments) arguments.push_back(of(argument));
    return evaluator.call_named(called, std::move(arguments), form.names);
  }

  Value operator()(const BoxedList& form) const {
    std::vector<Value> items;
    for (const ExpressionPtr& item : form.items) items.push_back(of(item));
    return evaluator.admitted(Value::list(std::move(items)));
  }

  Value operator()(const Relation& form) const {
    std::vector<Value> rows;
    for (const auto& row : form.rows) {
      Value::Entries entries;
      for (std::size_t i = 0; i < row.size(); ++i) {
        entries.emplace_back(form.columns[i], of(row[i]));
      }
      rows.push_back(Value::context(std::move(entries)));
    }
    return evaluator.admitted(Value::list(std::move(rows)));
  }

  Value operator()(const FunctionDefinition& form) const { return function_of(form, scope, {}); }

  Value operator()(const Conditional& form) const {
    return of(of(form.condition).is_true() ? form.yes : form.no);
  }

  Value operator()(const BoxedFilter& form) const {
    const Value list = of(form.list);
    std::vector<Value> kept;
    for (const Value& item : items_of(list)) {
      if (!evaluator.spend(1)) return {};
      feel::FramePtr inner = feel::bound(scope, "item", item);
      if (item.entries() != nullptr) inner = feel::scope_of(item, std::move(inner));
      if (evaluate(evaluator, form.match, inner).is_true()) kept.push_back(item);
    }
    return evaluator.admitted(Value::list(std::move(kept)));
  }

  Value operator()(const BoxedIterator& form) const {
    const auto domain = values_of(of(form.domain));
    if (!domain) return evaluator.fail("feel.loop_null", {{"name", form.variable}});
    std::vector<Value> results;
    for (const Value& value : *domain) {
      if (!evaluator.spend(1)) return {};
      feel::FramePtr inner = feel::bound(scope, form.variable, value);
      if (form.kind == BoxedIterator::Kind::each) {
        inner = feel::bound(std::move(inner), "partial", Value::list(results));
      }
      results.push_back(evaluate(evaluator, form.body, inner));
    }
    if (form.kind == BoxedIterator::Kind::each) {
      return evaluator.admitted(Value::list(std::move(results)));
    }
    return joined(results, form.kind == BoxedIterator::Kind::every);
  }

  static std::vector<Value> items_of(const Value& value) {
    if (const auto* items = value.items()) return *items;
    return value.is_null() ? std::vector<Value>() : std::vector<Value>{value};
  }

  // The values that an iterator runs through: a list's items, or the whole numbers of a range.
  std::optional<std::vector<Value>> values_of(const Value& value) const {
    const auto* range = value.range();
    if (range == nullptr) return value.is_null() ? std::nullopt : std::optional(items_of(value));
    const auto* first = range->start.number();
    const auto* last = range->end.number();
    const auto from = first == nullptr ? std::nullopt : first->to_int64();
    const auto to = last == nullptr ? std::nullopt : last->to_int64();
    if (!from || !to || *to - *from > evaluator.limits().parts) return std::nullopt;
    std::vector<Value> all;
    for (std::int64_t at = *from; at <= *to; ++at) {
      if (contains(*range, Value(at)) == true) all.emplace_back(at);
    }
    return all;
  }

  static Value joined(const std::vector<Value>& results, bool every) {
    bool unknown = false;
    for (const Value& result : results) {
      if (result.boolean() == nullptr) {
        unknown = true;
      } else if (*result.boolean() != every) {
        return !every;
      }
    }
    return unknown ? Value() : Value(every);
  }
};

}  // namespace

Value evaluate(feel::Evaluator& evaluator, const ExpressionPtr& expression,
               const feel::FramePtr& scope) {
  if (expression == nullptr || !evaluator.spend(1)) return {};
  Value value = std::visit(Walk{evaluator, scope}, expression->form);
  if (!expression->type) return value;
  // A function's type speaks of its result.
  if (value.function() != nullptr) return value;
  return conformed(evaluator, value, *expression->type, expression->element);
}

Value function_of(const FunctionDefinition& definition, const feel::FramePtr& scope,
                  const std::string& own_name) {
  auto function = std::make_shared<feel::Function>();
  for (const FormalParameter& parameter : definition.parameters) {
    function->parameters.push_back({parameter.name, feel::Type{}});
  }
  const std::weak_ptr<feel::Function> weak = function;
  function->native = [definition, scope, own_name, weak](feel::Evaluator& evaluator,
                                                         const std::vector<Value>& arguments) {
    feel::FramePtr inner = scope;
    // It may call itself.
    if (const auto self = weak.lock(); self != nullptr && !own_name.empty()) {
      inner = feel::bound(std::move(inner), own_name,
                          Value(std::shared_ptr<const feel::Function>(self)));
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const FormalParameter& parameter = definition.parameters[i];
      Value value = arguments[i];
      if (parameter.type) {
        const Value fitting = conformed(evaluator, value, *parameter.type, parameter.name);
        // An argument that does not conform makes the whole call null.
        if (fitting.is_null() && !value.is_null()) return Value();
        value = fitting;
      }
      inner = feel::bound(std::move(inner), parameter.name, std::move(value));
    }
    return evaluate(evaluator, definition.body, inner);
  };
  return std::shared_ptr<const feel::Function>(std::move(function));
}

}  // namespace jishi::workflow::decision
