#include "base/feel/compare.hpp"

#include <algorithm>

namespace jishi::feel {

namespace {

std::optional<bool> both(std::optional<bool> left, std::optional<bool> right) {
  if (left == false || right == false) return false;
  if (!left || !right) return std::nullopt;
  return true;
}

// Parts that cannot be compared make lists and contexts unequal, not their comparison null.
bool equal_lists(const std::vector<Value>& left, const std::vector<Value>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const Value& one, const Value& other) { return equal(one, other) == true; });
}

bool equal_contexts(const Value& left, const Value& right) {
  if (left.entries()->size() != right.entries()->size()) return false;
  return std::all_of(left.entries()->begin(), left.entries()->end(), [&](const auto& entry) {
    const Value* other = right.entry(entry.first);
    return other != nullptr && equal(entry.second, *other) == true;
  });
}

std::optional<bool> equal_ranges(const RangeValue& left, const RangeValue& right) {
  if (left.start_included != right.start_included || left.end_included != right.end_included) {
    return false;
  }
  return both(equal(left.start, right.start), equal(left.end, right.end));
}

template <class Time>
std::optional<std::strong_ordering> order_times(const Time& left, const Time& right,
                                                const Zone& left_zone, const Zone& right_zone) {
  if ((left_zone.kind() == Zone::Kind::none) != (right_zone.kind() == Zone::Kind::none)) {
    return std::nullopt;
  }
  return instant_of(left) <=> instant_of(right);
}

// The zone of a time, or nothing for what has none by its kind.
const Zone* zone_of(const Value& value) {
  if (const auto* time = value.as<TimeOfDay>()) return &time->zone;
  const auto* at = value.as<DateAndTime>();
  return at == nullptr ? nullptr : &at->time.zone;
}

// A text's order is that of its code points, which is that of its bytes in UTF-8.
std::strong_ordering order_texts(const std::string& left, const std::string& right) {
  return left.compare(right) <=> 0;
}

}  // namespace

std::optional<std::strong_ordering> order(const Value& left, const Value& right) {
  if (left.held().index() != right.held().index()) return std::nullopt;
  if (const auto* number = left.number()) return *number <=> *right.number();
  if (const auto* text = left.text()) return order_texts(*text, *right.text());
  if (const auto* date = left.as<CalendarDate>()) return *date <=> *right.as<CalendarDate>();
  if (const auto* time = left.as<TimeOfDay>()) {
    const auto& other = *right.as<TimeOfDay>();
    return order_times(*time, other, time->zone, other.zone);
  }
  if (const auto* at = left.as<DateAndTime>()) {
    const auto& other = *right.as<DateAndTime>();
    return order_times(*at, other, at->time.zone, other.time.zone);
  }
  if (const auto* duration = left.as<DaysAndTime>()) return *duration <=> *right.as<DaysAndTime>();
  if (const auto* duration = left.as<YearsAndMonths>()) {
    return *duration <=> *right.as<YearsAndMonths>();
  }
  return std::nullopt;
}

std::optional<bool> equal(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return left.is_null() && right.is_null();
  if (left.held().index() != right.held().index()) return std::nullopt;
  if (const auto* flag = left.boolean()) return *flag == *right.boolean();
  if (left.items() != nullptr) return equal_lists(*left.items(), *right.items());
  if (left.entries() != nullptr) return equal_contexts(left, right);
  if (left.range() != nullptr) return equal_ranges(*left.range(), *right.range());
  if (left.function() != nullptr) return left.function() == right.function();
  // At an offset, in a named zone, and nowhere in particular are never the same time.
  const Zone* zone = zone_of(left);
  if (zone != nullptr && zone->kind() != zone_of(right)->kind()) return false;
  const auto found = order(left, right);
  return found ? std::is_eq(*found) : false;
}

std::optional<bool> contains(const RangeValue& range, const Value& value) {
  if (value.is_null()) return std::nullopt;
  std::optional<bool> above = true;
  if (!range.start.is_null()) {
    const auto found = order(value, range.start);
    above = found ? std::optional(range.start_included ? std::is_gteq(*found) : std::is_gt(*found))
                  : std::nullopt;
  }
  std::optional<bool> below = true;
  if (!range.end.is_null()) {
    const auto found = order(value, range.end);
    below = found ? std::optional(range.end_included ? std::is_lteq(*found) : std::is_lt(*found))
                  : std::nullopt;
  }
  return both(above, below);
}

bool same(const Value& left, const Value& right) {
  if (left.held().index() != right.held().index()) return false;
  if (const auto* time = left.as<TimeOfDay>()) return *time == *right.as<TimeOfDay>();
  if (const auto* at = left.as<DateAndTime>()) return *at == *right.as<DateAndTime>();
  if (const auto* items = left.items()) {
    return std::equal(items->begin(), items->end(), right.items()->begin(), right.items()->end(),
                      same);
  }
  return equal(left, right) == true;
}

}  // namespace jishi::feel
