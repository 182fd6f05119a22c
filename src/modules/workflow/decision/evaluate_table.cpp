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

  bool matches(const Rule& rule) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (!evaluator_.passes(inputs_[i], rule.tests[i], scope_).is_true()) return false;
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

  bool gives_list() const {
    return table_.policy == HitPolicy::rule_order || table_.policy == HitPolicy::output_order ||
           (table_.policy == HitPolicy::collect && table_.aggregation == Aggregation::none);
  }

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
    if (gives_list()) return Value::list({});
    if (table_.aggregation == Aggregation::count) return 0;
    return evaluator_.fail("workflow.no_rule");
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
    Row totals;
    for (std::size_t i = 0; i < table_.outputs.size(); ++i) totals.push_back(aggregated(rows, i));
    return joined(totals);
  }

  Value aggregated(const std::vector<Row>& rows, std::size_t output) {
    Value total = rows.front()[output];
    bool comparable = total.number() != nullptr || order(total, total).has_value();
    for (std::size_t i = 1; i < rows.size() && comparable; ++i) {
      const Value& next = rows[i][output];
      if (table_.aggregation == Aggregation::sum) {
        const auto sum = calculate(feel::ArithmeticOperator::add, total, next);
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
    return evaluator_.fail("workflow.not_summable", {{"name", table_.outputs[output].name}});
  }

  feel::Evaluator& evaluator_;
  const DecisionTable& table_;
  const feel::FramePtr& scope_;
  std::vector<Value> inputs_;
  std::vector<std::size_t> matched_;
};

}  // namespace

Value evaluate_table(feel::Evaluator& evaluator, const DecisionTable& table,
                     const feel::FramePtr& scope) {
  return Table(evaluator, table, scope).evaluate();
}

}  // namespace jishi::workflow::decision
