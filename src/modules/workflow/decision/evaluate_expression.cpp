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
    const std::vector<Value> items = items_of(of(form.list));
    std::vector<Value> kept;
    for (const Value& item : items) {
      if (!evaluator.spend(1)) return {};
      feel::FramePtr inner = feel::bound(scope, "item", item);
      if (item.entries() != nullptr) inner = feel::scope_of(item, std::move(inner));
      const Value found = evaluate(evaluator, form.match, inner);
      // As `list[match]` has it: a number is a place, what is neither it nor a truth filters
      // nothing.
      if (found.number() != nullptr && &item == &items.front()) return place_in(items, found);
      if (found.boolean() == nullptr && !found.is_null()) {
        return evaluator.fail("feel.filter", {{"kind", std::string(kind_of(found))}});
      }
      if (found.is_true()) kept.push_back(item);
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

  Value place_in(const std::vector<Value>& items, const Value& place) const {
    const auto count = static_cast<std::int64_t>(items.size());
    const std::int64_t index = place.number()->to_int64().value_or(0);
    const std::int64_t from_front = index < 0 ? count + index : index - 1;
    if (index != 0 && from_front >= 0 && from_front < count) {
      return items[static_cast<std::size_t>(from_front)];
    }
    return evaluator.fail("feel.index_range",
                          {{"index", place.number()->text()}, {"count", std::to_string(count)}});
  }

  static std::vector<Value> items_of(const Value& value) {
    if (const auto* items = value.items()) return *items;
    return value.is_null() ? std::vector<Value>() : std::vector<Value>{value};
  }

  static std::optional<std::int64_t> step_of(const Value& end) {
    if (const auto* date = end.as<feel::CalendarDate>()) return date->days;
    return end.number() == nullptr ? std::nullopt : end.number()->to_int64();
  }

  // The values that an iterator runs through: a list's items, the whole numbers or the days of a
  // range.
  std::optional<std::vector<Value>> values_of(const Value& value) const {
    const auto* range = value.range();
    if (range == nullptr) return value.is_null() ? std::nullopt : std::optional(items_of(value));
    const auto from = step_of(range->start);
    const auto to = step_of(range->end);
    if (!from || !to || *to - *from > evaluator.limits().parts) return std::nullopt;
    const bool days = range->start.as<feel::CalendarDate>() != nullptr;
    std::vector<Value> all;
    for (std::int64_t at = *from; at <= *to; ++at) {
      Value step = days ? Value(feel::CalendarDate{at}) : Value(at);
      if (contains(*range, step) == true) all.push_back(std::move(step));
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
        // What does not conform arrives as null (DMN 1.5, 10.3.2.9.4).
        value = conformed(evaluator, value, *parameter.type, parameter.name);
      }
      inner = feel::bound(std::move(inner), parameter.name, std::move(value));
    }
    return evaluate(evaluator, definition.body, inner);
  };
  return std::shared_ptr<const feel::Function>(std::move(function));
}

}  // namespace jishi::workflow::decision
