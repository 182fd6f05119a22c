#pragma once
// `+ - * / **` and minus on values (DMN 1.5, tables 55 to 58). Nothing where the text says null.

#include <optional>

#include "base/feel/syntax.hpp"
#include "base/feel/value.hpp"

namespace jishi::feel {

std::optional<Value> calculate(ArithmeticOperator operation, const Value& left, const Value& right);
std::optional<Value> negated(const Value& value);

/// The nanoseconds of a number of seconds; nothing out of range.
std::optional<Nanoseconds> nanoseconds_of(const Decimal& seconds);
/// The seconds of a duration.
Decimal seconds_of(DaysAndTime duration);

}  // namespace jishi::feel
