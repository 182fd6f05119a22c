#pragma once
// Dates, times and durations of FEEL (DMN 1.5, 10.3.2.3): years of up to nine digits, seconds with
// nine decimals, offsets and named zones.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace jishi::feel {

/// Nanoseconds, wide enough for the longest span between two dates.
__extension__ using Nanoseconds = __int128;

inline constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr std::int64_t kNanosecondsPerDay = kSecondsPerDay * kNanosecondsPerSecond;
inline constexpr std::int64_t kLargestYear = 999'999'999;

/// A day of the Gregorian calendar, counted from 1970-01-01.
struct CalendarDate {
  std::int64_t days = 0;
  friend auto operator<=>(const CalendarDate&, const CalendarDate&) = default;
};

struct YearMonthDay {
  std::int64_t year = 1970;
  int month = 1;
  int day = 1;
};

/// Nothing when there is no such day, or the year is out of range.
std::optional<CalendarDate> make_calendar_date(const YearMonthDay& civil);
YearMonthDay civil_of(CalendarDate date);
/// 1 (Monday) to 7 (Sunday).
int weekday_of(CalendarDate date);
int day_of_year(CalendarDate date);
/// The week of the year by ISO 8601.
int week_of_year(CalendarDate date);

/// Where a time of day is meant: nowhere in particular, at an offset, or in a named zone.
class Zone {
 public:
  enum class Kind : std::uint8_t { none, offset, region };

  Zone() = default;
  static Zone offset(int seconds);
  /// Nothing when no zone has that name.
  static std::optional<Zone> region(std::string_view name);

  Kind kind() const { return kind_; }
  const std::string& name() const { return *region_; }  // of a region
  /// Seconds east of UTC at a local time (seconds since 1970 by the wall clock); none without zone.
  std::optional<int> offset_at(std::int64_t local_seconds) const;
  /// As `Z`, `+08:00`, `@Asia/Shanghai` or nothing.
  std::string text() const;
  friend bool operator==(const Zone& left, const Zone& right);

 private:
  Kind kind_ = Kind::none;
  int offset_ = 0;
  std::shared_ptr<const std::string> region_;
};

struct TimeOfDay {
  std::int64_t nanoseconds = 0;  // since midnight
  Zone zone;
  friend bool operator==(const TimeOfDay&, const TimeOfDay&) = default;
};

struct DateAndTime {
  CalendarDate date;
  TimeOfDay time;
  friend bool operator==(const DateAndTime&, const DateAndTime&) = default;
};

struct DaysAndTime {
  Nanoseconds nanoseconds = 0;
  friend auto operator<=>(const DaysAndTime&, const DaysAndTime&) = default;
};

struct YearsAndMonths {
  std::int64_t months = 0;
  friend auto operator<=>(const YearsAndMonths&, const YearsAndMonths&) = default;
};

std::optional<CalendarDate> parse_calendar_date(std::string_view text);
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
/// `2026-01-31T08:30:00`; a date alone is its midnight.
std::optional<DateAndTime> parse_date_and_time(std::string_view text);
std::optional<DaysAndTime> parse_days_and_time(std::string_view text);
std::optional<YearsAndMonths> parse_years_and_months(std::string_view text);

std::string text_of(CalendarDate date);
std::string text_of(const TimeOfDay& time);
std::string text_of(const DateAndTime& at);
std::string text_of(DaysAndTime duration);
std::string text_of(YearsAndMonths duration);

/// Nanoseconds since 1970-01-01T00:00:00 UTC; of a local time, as if it were UTC.
Nanoseconds instant_of(const DateAndTime& at);
/// Nanoseconds since midnight UTC, of a local time as if it were UTC; may lie outside a day.
Nanoseconds instant_of(const TimeOfDay& time);
/// The moment in a zone; without a zone, the wall clock itself. Nothing out of range.
std::optional<DateAndTime> moment(Nanoseconds instant, const Zone& zone);

std::optional<CalendarDate> plus_months(CalendarDate date, std::int64_t months);
/// Whole months from one date to another; negative when `to` is earlier.
std::int64_t months_between(const DateAndTime& from, const DateAndTime& to);

}  // namespace jishi::feel
