#include "base/feel/arithmetic.hpp"
#include "base/feel/compare.hpp"
#include "modules/workflow/decision/expression.hpp"

namespace jishi::workflow::decision {

namespace {

using feel::Value;

/// The outputs of one rule, in the order of the clauses.
using Row = std::vector<Value>;

/// Evaluates one table.
class Table {
 public:
  Table(feel::Evaluator& evaluator, const DecisionTable& table, const feel::FramePtr& scope)
      : evaluator_(evaluator), table_(table), scope_(scope) {}

  Value evaluate() {
    if (!read_inputs()) return {};
    std::vector<Row> rows;
    for (std::size_t i = 0; i < table_.rules.size(); ++i) {
      if (!matches(table_.rules[i])) continue;
      rows.push_back(outputs_of(table_.rules[i]));
      matched_.push_back(i + 1);
      if (table_.policy == HitPolicy::first) break;
    }
    return rows.empty() ? unmatched() : decided(std::move(rows));
  }

 private:
  bool read_inputs() {
    for (const InputClause& clause : table_.inputs) {
      Value value = evaluator_.evaluate(*clause.expression, scope_);
      if (clause.type) value = conformed(evaluator_, value, *clause.type, clause.label);
      const bool allowed = !clause.allowed || value.is_null() ||
                           evaluator_.passes(value, *clause.allowed, scope_).is_true();
      if (!allowed) {
        evaluator_.fail("workflow.value_not_allowed",
                        {{"name", clause.label}, {"value", literal_of(value)}});
        return false;
      }
      inputs_.push_back(std::move(value));
    }
    return true;
  }

  // With input values a `-` is a test for them, which a null passes only where they name it; a cell
  // of its own (`null`) may still want it (DMN 1.5, 10.3.2.10). Without them a `-` takes all.
  bool passes(std::size_t input, const feel::Tests& tests) {
    const bool any = tests.tests.empty() && !tests.negated;
    if (!any || !inputs_[input].is_null() || !table_.inputs[input].allowed) {
      return evaluator_.passes(inputs_[input], tests, scope_).is_true();
    }
    if (evaluator_.passes({}, *table_.inputs[input].allowed, scope_).is_true()) return true;
    refused_ = &table_.inputs[input];
    return false;
  }

  bool matches(const Rule& rule) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (!passes(i, rule.tests[i])) return false;
    }
    return evaluator_.spend(1);
  }

  Value output_of(const OutputClause& clause, const feel::NodePtr& node) {
    Value value = node == nullptr ? Value() : evaluator_.evaluate(*node, scope_);
    if (clause.type) value = conformed(evaluator_, value, *clause.type, clause.name);
    const bool allowed = !clause.allowed || value.is_null() ||
                         evaluator_.passes(value, *clause.allowed, scope_).is_true();
    if (allowed) return value;
    return evaluator_.fail("workflow.value_not_allowed",
                           {{"name", clause.name}, {"value", literal_of(value)}});
  }

  Row outputs_of(const Rule& rule) {
    Row row;
    for (std::size_t i = 0; i < table_.outputs.size(); ++i) {
      row.push_back(output_of(table_.outputs[i], rule.outputs[i]));
    }
    return row;
  }

  Value joined(const Row& row) const {
    if (row.size() == 1) return row.front();
    Value::Entries entries;
    for (std::size_t i = 0; i < row.size(); ++i) {
      entries.emplace_back(table_.outputs[i].name, row[i]);
    }
    return Value::context(std::move(entries));
  }

  Value joined(const std::vector<Row>& rows) const {
    std::vector<Value> items;
    for (const Row& row : rows) items.push_back(joined(row));
    return evaluator_.admitted(Value::list(std::move(items)));
  }

  // Null without a default, under every hit policy: no list, and no count, of what is not there.
  Value unmatched() {
    const bool otherwise =
        std::any_of(table_.outputs.begin(), table_.outputs.end(),
                    [](const OutputClause& clause) { return clause.otherwise != nullptr; });
    if (otherwise) {
      Row row;
      for (const OutputClause& clause : table_.outputs) {
        row.push_back(output_of(clause, clause.otherwise));
      }
      return joined(row);
    }
    if (refused_ == nullptr) return evaluator_.fail("workflow.no_rule");
    return evaluator_.fail("workflow.value_not_allowed",
                           {{"name", refused_->label}, {"value", literal_of(Value())}});
  }

  Value decided(std::vector<Row> rows) {
    switch (table_.policy) {
      case HitPolicy::unique:
        if (rows.size() == 1) return joined(rows.front());
        return evaluator_.fail("workflow.not_unique", {{"rules", matched()}});
      case HitPolicy::any: return any(rows);
      case HitPolicy::first: return joined(rows.front());
      case HitPolicy::priority: sort_by_priority(rows); return joined(rows.front());
      case HitPolicy::output_order: sort_by_priority(rows); return joined(rows);
      case HitPolicy::rule_order: return joined(rows);
      case HitPolicy::collect: return collected(rows);
    }
    return {};
  }

  std::string matched() const {
    std::string text;
    for (const std::size_t rule : matched_) {
      text += (text.empty() ? "" : ", ") + std::to_string(rule);
    }
    return text;
  }

  Value any(const std::vector<Row>& rows) {
    const Value first = joined(rows.front());
    for (const Row& row : rows) {
      if (equal(joined(row), first) == true) continue;
      return evaluator_.fail("workflow.not_any", {{"rules", matched()}});
    }
    return first;
  }

  // The place of a value among the output values; behind them all when it is none.
  static std::size_t rank(const Value& value, const Row& order) {
    const auto found = std::find_if(order.begin(), order.end(), [&](const Value& other) {
      return equal(value, other) == true;
    });
    return static_cast<std::size_t>(found - order.begin());
  }

  void sort_by_priority(std::vector<Row>& rows) {
    std::vector<Row> orders;
    for (const OutputClause& clause : table_.outputs) {
      Row order;
      for (const feel::NodePtr& node : clause.order) {
        order.push_back(evaluator_.evaluate(*node, scope_));
      }
      if (order.empty() && clause.type) order = clause.type->allowed_order;
      orders.push_back(std::move(order));
    }
    const auto ranks = [&](const Row& row) {
      std::vector<std::size_t> all;
      for (std::size_t i = 0; i < row.size(); ++i) all.push_back(rank(row[i], orders[i]));
      return all;
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const Row& left, const Row& right) { return ranks(left) < ranks(right); });
  }

  Value collected(const std::vector<Row>& rows) {
    if (table_.aggregation == Aggregation::none) return joined(rows);
    if (table_.aggregation == Aggregation::count) return static_cast<std::int64_t>(rows.size());
    return aggregated(rows);
  }

  // Numbers can be summed, and durations of one kind, as `sum` does it; texts and dates cannot.
  static bool summable(const Value& value) {
    return value.number() != nullptr || value.as<feel::DaysAndTime>() != nullptr ||
           value.as<feel::YearsAndMonths>() != nullptr;
  }

  // Of the one output: reading refuses to aggregate several.
  Value aggregated(const std::vector<Row>& rows) {
    Value total = rows.front().front();
    bool comparable =
        table_.aggregation == Aggregation::sum ? summable(total) : order(total, total).has_value();
    for (std::size_t i = 1; i < rows.size() && comparable; ++i) {
      const Value& next = rows[i].front();
      if (table_.aggregation == Aggregation::sum) {
        const auto sum =
            summable(next) ? calculate(feel::ArithmeticOperator::add, total, next) : std::nullopt;
        comparable = sum.has_value();
        if (sum) total = *sum;
        continue;
      }
      const auto found = order(next, total);
      comparable = found.has_value();
      const bool better = table_.aggregation == Aggregation::min
                              ? found == std::strong_ordering::less
                              : found == std::strong_ordering::greater;
      if (better) total = next;
    }
    if (comparable) return total;
    return evaluator_.fail("workflow.not_summable", {{"name", table_.outputs.front().name}});
  }

  feel::Evaluator& evaluator_;
  const DecisionTable& table_;
  const feel::FramePtr& scope_;
  std::vector<Value> inputs_;
  std::vector<std::size_t> matched_;
  const InputClause* refused_ = nullptr;  // whose null a `-` did not let pass
};

}  // namespace

Value evaluate_table(feel::Evaluator& evaluator, const DecisionTable& table,
                     const feel::FramePtr& scope) {
  return Table(evaluator, table, scope).evaluate();
}

}  // namespace jishi::workflow::decision
