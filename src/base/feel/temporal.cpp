#include "base/feel/temporal.hpp"

namespace jishi::feel {

namespace {

constexpr std::int64_t kDaysOfEra = 146'097;   // 400 years
constexpr std::int64_t kEpochShift = 719'468;  // from 0000-03-01 to 1970-01-01

Nanoseconds floor_divide(Nanoseconds dividend, std::int64_t divisor) {
  const Nanoseconds quotient = dividend / divisor;
  return dividend % divisor < 0 ? quotient - 1 : quotient;
}

bool is_leap(std::int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_of_month(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

// The count runs in eras of 400 years that begin on 1 March, so that leap days come last.
std::int64_t days_from_civil(const YearMonthDay& civil) {
  const std::int64_t year = civil.year - (civil.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const int shifted = civil.month + (civil.month > 2 ? -3 : 9);
  const std::int64_t day = (153 * shifted + 2) / 5 + civil.day - 1;
  return era * kDaysOfEra + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day -
         kEpochShift;
}

}  // namespace

std::optional<CalendarDate> make_calendar_date(const YearMonthDay& civil) {
  const bool in_range = civil.year >= -kLargestYear && civil.year <= kLargestYear;
  if (!in_range || civil.month < 1 || civil.month > 12 || civil.day < 1) return std::nullopt;
  if (civil.day > days_of_month(civil.year, civil.month)) return std::nullopt;
  return CalendarDate{days_from_civil(civil)};
}

YearMonthDay civil_of(CalendarDate date) {
  const std::int64_t shifted = date.days + kEpochShift;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - (kDaysOfEra - 1)) / kDaysOfEra;
  const std::int64_t day = shifted - era * kDaysOfEra;
  const std::int64_t year = (day - day / 1460 + day / 36'524 - day / 146'096) / 365;
  const std::int64_t of_year = day - (365 * year + year / 4 - year / 100);
  const int month = static_cast<int>((5 * of_year + 2) / 153);
  YearMonthDay civil;
  civil.day = static_cast<int>(of_year - (153 * month + 2) / 5 + 1);
  civil.month = month + (month < 10 ? 3 : -9);
  civil.year = year + era * 400 + (civil.month <= 2 ? 1 : 0);
  return civil;
}

int weekday_of(CalendarDate date) {
  const std::int64_t since_monday = (date.days + 3) % 7;  // 1970-01-01 was a Thursday
  return static_cast<int>(since_monday < 0 ? since_monday + 8 : since_monday + 1);
}

int day_of_year(CalendarDate date) {
  return static_cast<int>(date.days - days_from_civil({civil_of(date).year, 1, 1}) + 1);
}

int week_of_year(CalendarDate date) {
  // A week belongs to the year of its Thursday.
  const CalendarDate thursday{date.days - weekday_of(date) + 4};
  return (day_of_year(thursday) - 1) / 7 + 1;
}

Nanoseconds instant_of(const TimeOfDay& time) {
  const int offset = time.zone.offset_at(time.nanoseconds / kNanosecondsPerSecond).value_or(0);
  return Nanoseconds{time.nanoseconds} - Nanoseconds{offset} * kNanosecondsPerSecond;
}

Nanoseconds instant_of(const DateAndTime& at) {
  const Nanoseconds local = Nanoseconds{at.date.days} * kNanosecondsPerDay + at.time.nanoseconds;
  const auto seconds = static_cast<std::int64_t>(floor_divide(local, kNanosecondsPerSecond));
  const int offset = at.time.zone.offset_at(seconds).value_or(0);
  return local - Nanoseconds{offset} * kNanosecondsPerSecond;
}

// What the wall clock of a zone shows at an instant.
static Nanoseconds wall_clock(Nanoseconds instant, const Zone& zone) {
  const auto offset_at = [&](Nanoseconds local) {
    const Nanoseconds seconds = floor_divide(local, kNanosecondsPerSecond);
    return Nanoseconds{zone.offset_at(static_cast<std::int64_t>(seconds)).value_or(0)} *
           kNanosecondsPerSecond;
  };
  // The offset is asked by the wall clock: once with a guess, once with what that gives.
  const Nanoseconds local = instant + offset_at(instant + offset_at(instant));
  // Where the clocks were put forward, what they leap over is told with the offset from before.
  const Nanoseconds later = instant + offset_at(local + kNanosecondsPerDay);
  return later > local && instant + offset_at(later) == later ? later : local;
}

std::optional<DateAndTime> moment(Nanoseconds instant, const Zone& zone) {
  const Nanoseconds local = zone.kind() == Zone::Kind::none ? instant : wall_clock(instant, zone);
  const Nanoseconds days = floor_divide(local, kNanosecondsPerDay);
  constexpr std::int64_t kMostDays = (kLargestYear + 1) * 366;
  if (days > kMostDays || days < -kMostDays) return std::nullopt;
  const CalendarDate date{static_cast<std::int64_t>(days)};
  const std::int64_t year = civil_of(date).year;
  if (year > kLargestYear || year < -kLargestYear) return std::nullopt;
  const auto of_day = static_cast<std::int64_t>(local - days * kNanosecondsPerDay);
  return DateAndTime{date, {of_day, zone}};
}

std::optional<CalendarDate> plus_months(CalendarDate date, std::int64_t months) {
  constexpr std::int64_t kMostMonths = 2 * 12 * (kLargestYear + 1);
  if (months > kMostMonths || months < -kMostMonths) return std::nullopt;
  YearMonthDay civil = civil_of(date);
  const std::int64_t index = civil.year * 12 + civil.month - 1 + months;
  civil.year = (index >= 0 ? index : index - 11) / 12;
  civil.month = static_cast<int>(index - civil.year * 12) + 1;
  civil.day = std::min(civil.day, days_of_month(civil.year, civil.month));
  return make_calendar_date(civil);
}

std::int64_t months_between(const DateAndTime& from, const DateAndTime& to) {
  const YearMonthDay first = civil_of(from.date);
  const YearMonthDay last = civil_of(to.date);
  std::int64_t months = (last.year - first.year) * 12 + last.month - first.month;
  // From day to day: the time of day does not matter, as the conformance tests have it.
  if (months > 0 && last.day < first.day) --months;
  if (months < 0 && last.day > first.day) ++months;
  return months;
}

}  // namespace jishi::feel
