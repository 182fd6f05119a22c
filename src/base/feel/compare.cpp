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

TimeOfDay placed(const TimeOfDay& time, const Zone& zone) {
  return {time.nanoseconds, zone};
}
DateAndTime placed(const DateAndTime& at, const Zone& zone) {
  return {at.date, placed(at.time, zone)};
}

// What has no offset takes that of the other (DMN 1.5, table 54).
template <class Time>
std::strong_ordering order_times(const Time& left, const Time& right, const Zone& left_zone,
                                 const Zone& right_zone) {
  const bool left_local = left_zone.kind() == Zone::Kind::none;
  const bool right_local = right_zone.kind() == Zone::Kind::none;
  return instant_of(left_local ? placed(left, right_zone) : left) <=>
         instant_of(right_local ? placed(right, left_zone) : right);
}

// The zone of a time, or nothing for what has none by its kind.
const Zone* zone_of(const Value& value) {
  if (const auto* time = value.as<TimeOfDay>()) return &time->zone;
  const auto* at = value.as<DateAndTime>();
  return at == nullptr ? nullptr : &at->time.zone;
}

// `Z`, `+00:00` and `@Etc/UTC` are one offset by three names; a local time has none.
bool same_zones(const TimeOfDay& left, const TimeOfDay& right, std::int64_t days) {
  const std::int64_t local = days * kSecondsPerDay + left.nanoseconds / kNanosecondsPerSecond;
  return left.zone.offset_at(local) == right.zone.offset_at(local);
}

bool same_times(const TimeOfDay& left, const TimeOfDay& right, std::int64_t days = 0) {
  return left.nanoseconds == right.nanoseconds && same_zones(left, right, days);
}

bool same_moments(const DateAndTime& left, const DateAndTime& right) {
  return left.date == right.date && same_times(left.time, right.time, left.date.days);
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
  // An offset and a named zone have a value alike; what is nowhere in particular has none that
  // could be that of either. Only orders (table 54) lend it an offset, equality (53) does not.
  const Zone* zone = zone_of(left);
  const auto local = [](const Zone& one) { return one.kind() == Zone::Kind::none; };
  if (zone != nullptr && local(*zone) != local(*zone_of(right))) return false;
  const auto found = order(left, right);
  return found ? std::is_eq(*found) : false;
}

std::optional<bool> contains(const RangeValue& range, const Value& value) {
  if (value.is_null()) return std::nullopt;
  const auto within = [&](const Value& end, bool included, std::strong_ordering inside) {
    if (end.is_null()) return std::optional(true);
    const auto found = order(value, end);
    if (!found) return std::optional<bool>();
    // `<=` is `<` or `=`: a local time is equal to none that has an offset.
    if (std::is_eq(*found)) return std::optional(included && equal(value, end) == true);
    return std::optional(*found == inside);
  };
  return both(within(range.start, range.start_included, std::strong_ordering::greater),
              within(range.end, range.end_included, std::strong_ordering::less));
}

bool same(const Value& left, const Value& right) {
  if (left.held().index() != right.held().index()) return false;
  if (const auto* time = left.as<TimeOfDay>()) return same_times(*time, *right.as<TimeOfDay>());
  if (const auto* at = left.as<DateAndTime>()) return same_moments(*at, *right.as<DateAndTime>());
  if (const auto* items = left.items()) {
    return std::equal(items->begin(), items->end(), right.items()->begin(), right.items()->end(),
                      same);
  }
  return equal(left, right) == true;
}

}  // namespace jishi::feel
