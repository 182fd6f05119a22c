#pragma once
// Calendar dates (in China; no time zone) and the periods that rules speak of. The standard types
// of <chrono>, with the arithmetic of the domain: a month is added by keeping the day and clipping
// to the month's end.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jishi {

using Date = std::chrono::sys_days;

/// The date of a year, month and day, or nothing when there is no such day.
std::optional<Date> make_date(int year, unsigned month, unsigned day);

/// Reads `YYYY-MM-DD` only; the many forms people type belong to intake.
std::optional<Date> parse_iso_date(std::string_view text);

/// Writes `YYYY-MM-DD`.
std::string to_iso(Date date);

/// Days since 1970-01-01, the form in which stores and facts keep a date.
std::int32_t to_days(Date date);
Date from_days(std::int64_t days);

/// Adds (or takes) whole months: the day is kept and clipped to the month's end (2024-02-29 + 12
/// months = 2025-02-28).
Date add_months(Date date, int months);

int year_of(Date date);
unsigned month_of(Date date);
unsigned day_of(Date date);

/// Whole years from `birth` to `on`; someone born on 29 February completes a year on 28 February of
/// other years.
int full_years(Date birth, Date on);

enum class PeriodKind { month, quarter, year };

/// A calendar month, quarter or year; `number` is 1..12, 1..4 or 0.
struct Period {
  PeriodKind kind = PeriodKind::month;
  int year = 1970;
  unsigned number = 1;

  Date first_day() const;
  Date last_day() const;
  /// The period of the same kind that is `count` later (earlier when negative).
  Period next(int count = 1) const;
  /// `2026`, `2026Q1` or `2026-03`.
  std::string text() const;

  friend bool operator==(const Period&, const Period&) = default;
};

/// The period of a kind that a date falls in.
Period period_of(PeriodKind kind, Date date);

/// Reads `2026`, `2026Q1` or `2026-03`, the canonical forms.
std::optional<Period> parse_period(std::string_view text);

/// Months since year 0 (`year * 12 + month - 1`): the form in which stores keep a month of dues.
int month_index(int year, unsigned month);
int month_index(Date date);

/// The month of an index.
Period month_at(int index);

}  // namespace jishi
