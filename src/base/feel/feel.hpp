#pragma once
// FEEL, the expression language of DMN 1.5 (section 10.3): read once, evaluated many times.
//
//   const auto expression = feel::Expression::read("age >= 18", known);
//   const auto result = expression->evaluate(context, clock);

#include <string_view>
#include <vector>

#include "base/feel/evaluate.hpp"
#include "base/feel/parse.hpp"

namespace jishi::feel {

struct Evaluated {
  Value value;
  std::vector<Issue> issues;  // why it, or a part of it, is null
};

class Expression {
 public:
  /// Errors: those of parse_expression.
  static Result<Expression> read(std::string_view text, const Known& known,
                                 const Library& library = Library::standard());

  /// The value where the entries of `context` are visible.
  Evaluated evaluate(const Value& context, const Clock& clock, const Limits& limits = {}) const;
  const Node& syntax() const { return *node_; }

 private:
  explicit Expression(NodePtr node) : node_(std::move(node)) {}
  NodePtr node_;
};

}  // namespace jishi::feel
