#include "base/feel/feel.hpp"

namespace jishi::feel {

Result<Expression> Expression::read(std::string_view text, const Known& known,
                                    const Library& library) {
  auto node = parse_expression(text, known, library);
  if (!node) return node.error();
  return Expression(std::move(*node));
}

Evaluated Expression::evaluate(const Value& context, const Clock& clock,
                               const Limits& limits) const {
  Evaluator evaluator(clock, limits);
  Value value = evaluator.evaluate(*node_, scope_of(context));
  return {std::move(value), evaluator.take_issues()};
}

}  // namespace jishi::feel
