#include "base/feel/arithmetic.hpp"

namespace jishi::feel {

namespace {

using Operator = ArithmeticOperator;

// Longer than any span between two dates.
constexpr Nanoseconds kLongest = Nanoseconds{2 * (kLargestYear + 1)} * 366 * kNanosecondsPerDay;
constexpr std::int64_t kMostMonths = 24 * (kLargestYear + 1);

template <class T>
std::optional<Value> some(const std::optional<T>& found) {
  if (!found) return std::nullopt;
  return Value(*found);
}

std::optional<DaysAndTime> in_range(Nanoseconds nanoseconds) {
  if (nanoseconds > kLongest || nanoseconds < -kLongest) return std::nullopt;
  return DaysAndTime{nanoseconds};
}

std::optional<YearsAndMonths> in_range(std::int64_t months) {
  if (months > kMostMonths || months < -kMostMonths) return std::nullopt;
  return YearsAndMonths{months};
}

std::optional<Decimal> numbers(Operator operation, const Decimal& left, const Decimal& right) {
  switch (operation) {
    case Operator::add: return left + right;
    case Operator::subtract: return left - right;
    case Operator::multiply: return left * right;
    case Operator::divide: return right.is_zero() ? std::nullopt : left / right;
    case Operator::power: return power(left, right);
  }
  return std::nullopt;
}

DateAndTime midnight(CalendarDate date) {
  return {date, {0, Zone::offset(0)}};
}

std::optional<TimeOfDay> moved(const TimeOfDay& time, Nanoseconds by) {
  Nanoseconds of_day = (time.nanoseconds + by) % kNanosecondsPerDay;
  if (of_day < 0) of_day += kNanosecondsPerDay;
  return TimeOfDay{static_cast<std::int64_t>(of_day), time.zone};
}

std::optional<Value> moved(const Value& value, Nanoseconds by) {
  if (const auto* date = value.as<CalendarDate>()) {
    const auto at = moment(instant_of(midnight(*date)) + by, Zone::offset(0));
    return at ? std::optional<Value>(at->date) : std::nullopt;
  }
  if (const auto* at = value.as<DateAndTime>()) {
    return some(moment(instant_of(*at) + by, at->time.zone));
  }
  if (const auto* time = value.as<TimeOfDay>()) return some(moved(*time, by));
  return std::nullopt;
}

std::optional<Value> moved_by_months(const Value& value, std::int64_t months) {
  if (const auto* date = value.as<CalendarDate>()) return some(plus_months(*date, months));
  if (const auto* at = value.as<DateAndTime>()) {
    const auto date = plus_months(at->date, months);
    return date ? std::optional<Value>(DateAndTime{*date, at->time}) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Value> with_duration(Operator operation, const Value& left, const Value& right) {
  if (operation != Operator::add && operation != Operator::subtract) return std::nullopt;
  const int sign = operation == Operator::add ? 1 : -1;
  if (const auto* by = right.as<DaysAndTime>()) {
    if (const auto* duration = left.as<DaysAndTime>()) {
      return some(in_range(duration->nanoseconds + sign * by->nanoseconds));
    }
    return moved(left, sign * by->nanoseconds);
  }
  if (const auto* by = right.as<YearsAndMonths>()) {
    if (const auto* duration = left.as<YearsAndMonths>()) {
      return some(in_range(duration->months + sign * by->months));
    }
    return moved_by_months(left, sign * by->months);
  }
  return std::nullopt;
}

bool has_zone(const TimeOfDay& time) {
  return time.zone.kind() != Zone::Kind::none;
}

// A date counts as its midnight in UTC.
std::optional<DateAndTime> as_moment(const Value& value) {
  if (const auto* date = value.as<CalendarDate>()) return midnight(*date);
  if (const auto* at = value.as<DateAndTime>()) return *at;
  return std::nullopt;
}

std::optional<Value> difference(const Value& left, const Value& right) {
  const auto* time = left.as<TimeOfDay>();
  const auto* other = right.as<TimeOfDay>();
  if (time != nullptr && other != nullptr) {
    if (has_zone(*time) != has_zone(*other)) return std::nullopt;
    return Value(DaysAndTime{instant_of(*time) - instant_of(*other)});
  }
  const auto to = as_moment(left);
  const auto from = as_moment(right);
  if (!to || !from || has_zone(to->time) != has_zone(from->time)) return std::nullopt;
  return Value(DaysAndTime{instant_of(*to) - instant_of(*from)});
}

std::optional<Value> scaled(const Value& duration, const Decimal& factor, bool divide) {
  if (divide && factor.is_zero()) return std::nullopt;
  if (const auto* held = duration.as<DaysAndTime>()) {
    const Decimal seconds = seconds_of(*held);
    const auto product = divide ? seconds / factor : seconds * factor;
    const auto nanoseconds = product ? nanoseconds_of(*product) : std::nullopt;
    return nanoseconds ? some(in_range(*nanoseconds)) : std::nullopt;
  }
  const Decimal months = duration.as<YearsAndMonths>()->months;
  const auto product = divide ? months / factor : months * factor;
  const auto whole = product ? product->rounded(0, Rounding::down).to_int64() : std::nullopt;
  return whole ? some(in_range(*whole)) : std::nullopt;
}

bool is_duration(const Value& value) {
  return value.as<DaysAndTime>() != nullptr || value.as<YearsAndMonths>() != nullptr;
}

std::optional<Value> ratio(const Value& left, const Value& right) {
  if (const auto* part = left.as<DaysAndTime>()) {
    const auto* whole = right.as<DaysAndTime>();
    if (whole == nullptr || whole->nanoseconds == 0) return std::nullopt;
    return some(seconds_of(*part) / seconds_of(*whole));
  }
  const auto* part = left.as<YearsAndMonths>();
  const auto* whole = right.as<YearsAndMonths>();
  if (whole == nullptr || whole->months == 0) return std::nullopt;
  return some(Decimal(part->months) / Decimal(whole->months));
}

}  // namespace

Decimal seconds_of(DaysAndTime duration) {
  const auto whole = static_cast<std::int64_t>(duration.nanoseconds / kNanosecondsPerSecond);
  const auto rest = static_cast<std::int64_t>(duration.nanoseconds % kNanosecondsPerSecond);
  return (Decimal(whole) + Decimal::scaled(rest, -9)).value_or(Decimal());
}

std::optional<Nanoseconds> nanoseconds_of(const Decimal& seconds) {
  const auto whole = seconds.rounded(0, Rounding::down).to_int64();
  if (!whole) return std::nullopt;
  const auto rest = seconds - Decimal(*whole);
  const auto decimals =
      rest ? (*rest * Decimal(kNanosecondsPerSecond))->rounded(0, Rounding::half_even).to_int64()
           : std::nullopt;
  if (!decimals) return std::nullopt;
  return Nanoseconds{*whole} * kNanosecondsPerSecond + *decimals;
}

std::optional<Value> calculate(Operator operation, const Value& left, const Value& right) {
  if (left.number() != nullptr && right.number() != nullptr) {
    return some(numbers(operation, *left.number(), *right.number()));
  }
  if (operation == Operator::add && left.text() != nullptr && right.text() != nullptr) {
    return Value(*left.text() + *right.text());
  }
  if (is_duration(left) && right.number() != nullptr) {
    if (operation == Operator::multiply) return scaled(left, *right.number(), false);
    if (operation == Operator::divide) return scaled(left, *right.number(), true);
    return std::nullopt;
  }
  if (left.number() != nullptr && is_duration(right)) {
    if (operation != Operator::multiply) return std::nullopt;
    return scaled(right, *left.number(), false);
  }
  if (operation == Operator::divide && is_duration(left)) return ratio(left, right);
  if (is_duration(right)) return with_duration(operation, left, right);
  if (operation == Operator::add && is_duration(left)) return with_duration(operation, right, left);
  if (operation == Operator::subtract) return difference(left, right);
  return std::nullopt;
}

std::optional<Value> negated(const Value& value) {
  if (const auto* number = value.number()) return Value(number->negated());
  if (const auto* duration = value.as<DaysAndTime>()) {
    return Value(DaysAndTime{-duration->nanoseconds});
  }
  if (const auto* duration = value.as<YearsAndMonths>()) {
    return Value(YearsAndMonths{-duration->months});
  }
  return std::nullopt;
}

}  // namespace jishi::feel
