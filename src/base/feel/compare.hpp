#pragma once
// Equality and order of values (DMN 1.5, tables 52 to 54). Three-valued: nothing means null.

#include <compare>
#include <optional>

#include "base/feel/value.hpp"

namespace jishi::feel {

/// Whether two values are equal. Null equals null only; values of two kinds are not comparable.
std::optional<bool> equal(const Value& left, const Value& right);

/// The order of two numbers, texts, dates, times or durations of one kind; nothing for anything
/// else, and where only one of two times has a zone.
std::optional<std::strong_ordering> order(const Value& left, const Value& right);

/// Whether a range holds a value; nothing where they are not comparable.
std::optional<bool> contains(const RangeValue& range, const Value& value);

/// Whether two values are the same element of FEEL's domain (the function `is`).
bool same(const Value& left, const Value& right);

}  // namespace jishi::feel
