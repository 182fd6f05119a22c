#pragma once
// Tables of expressions and what they are worth.

#include <gtest/gtest.h>

#include "base/feel/feel.hpp"
#include "base/feel/json.hpp"

namespace jishi::feel {

struct Case {
  std::string expression;
  std::string worth;  // as FEEL, or the code of a syntax error
  std::string context = "{}";
};

inline const FixedClock& test_clock() {
  static const FixedClock kClock(*parse_iso_date("2026-03-05"));
  return kClock;
}

/// What an expression is worth, as FEEL; a syntax error as its code.
inline std::string worth_of(const Case& one) {
  const Value context = value_from_json(one.context).value();
  Known known;
  known.add_context(context);
  const auto expression = Expression::read(one.expression, known);
  if (!expression) return expression.error().code;
  return literal_of(expression->evaluate(context, test_clock()).value);
}

/// The code of the first reason of a null.
inline std::string reason_of(const Case& one) {
  const Value context = value_from_json(one.context).value();
  Known known;
  known.add_context(context);
  const auto expression = Expression::read(one.expression, known);
  if (!expression) return expression.error().code;
  const auto found = expression->evaluate(context, test_clock());
  return found.issues.empty() ? "" : found.issues.front().error.code;
}

inline void expect_all(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(worth_of(one), one.worth) << one.expression << "   with " << one.context;
  }
}

}  // namespace jishi::feel
