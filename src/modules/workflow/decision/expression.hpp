#pragma once
// The boxed expressions of DMN (1.5, chapters 7, 8 and 10.2), read and ready to be evaluated.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "modules/workflow/decision/item_type.hpp"

namespace jishi::workflow::decision {

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

enum class HitPolicy { unique, first, priority, any, collect, rule_order, output_order };
enum class Aggregation { none, sum, count, min, max };

struct InputClause {
  feel::NodePtr expression;
  std::string label;  // its text
  std::optional<ItemType> type;
  std::optional<feel::Tests> allowed;
};

struct OutputClause {
  std::string name;
  std::optional<ItemType> type;
  std::optional<feel::Tests> allowed;
  std::vector<feel::NodePtr> order;  // the output values, the most important one first
  feel::NodePtr otherwise;           // when no rule matches; null: none
};

struct Rule {
  std::vector<feel::Tests> tests;
  std::vector<feel::NodePtr> outputs;
};

struct DecisionTable {
  HitPolicy policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<InputClause> inputs;
  std::vector<OutputClause> outputs;
  std::vector<Rule> rules;
};

struct LiteralExpression {
  feel::NodePtr node;  // null: empty, worth null
};
struct ContextEntry {
  std::string name;  // empty: the result
  std::optional<ItemType> type;
  ExpressionPtr value;
};
struct BoxedContext {
  std::vector<ContextEntry> entries;
};
struct BoxedInvocation {
  ExpressionPtr called;
  std::vector<std::string> names;
  std::vector<ExpressionPtr> arguments;
};
struct BoxedList {
  std::vector<ExpressionPtr> items;
};
struct Relation {
  std::vector<std::string> columns;
  std::vector<std::vector<ExpressionPtr>> rows;
};
struct FormalParameter {
  std::string name;
  std::optional<ItemType> type;
};
struct FunctionDefinition {
  std::vector<FormalParameter> parameters;
  ExpressionPtr body;
};
struct Conditional {
  ExpressionPtr condition, yes, no;
};
struct BoxedFilter {
  ExpressionPtr list, match;
};
struct BoxedIterator {
  enum class Kind { each, some, every };
  Kind kind = Kind::each;
  std::string variable;
  ExpressionPtr domain, body;
};

struct Expression {
  std::variant<LiteralExpression, DecisionTable, BoxedContext, BoxedInvocation, BoxedList, Relation,
               FunctionDefinition, Conditional, BoxedFilter, BoxedIterator>
      form;
  std::string element;  // its id
  std::optional<ItemType> type;
};

/// The value of an expression where the names of `scope` are visible.
feel::Value evaluate(feel::Evaluator& evaluator, const ExpressionPtr& expression,
                     const feel::FramePtr& scope);

/// The value of a decision table.
feel::Value evaluate_table(feel::Evaluator& evaluator, const DecisionTable& table,
                           const feel::FramePtr& scope);

/// A function of FEEL that evaluates `body` where its parameters and `scope` are visible.
feel::Value function_of(const FunctionDefinition& definition, const feel::FramePtr& scope,
                        const std::string& own_name);

}  // namespace jishi::workflow::decision
