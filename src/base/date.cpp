#include "base/date.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace jishi {

namespace {

using std::chrono::year_month_day;

year_month_day civil(Date date) {
  return year_month_day(date);
}

std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Date> make_date(int year, unsigned month, unsigned day) {
  const year_month_day date{std::chrono::year(year), std::chrono::month(month),
                            std::chrono::day(day)};
  if (year < 1 || year > 9999 || !date.ok()) return std::nullopt;
  return Date(date);
}

std::optional<Date> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return make_date(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::string to_iso(Date date) {
  const auto day = civil(date);
  return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::int32_t to_days(Date date) {
  return static_cast<std::int32_t>(date.time_since_epoch().count());
}

Date from_days(std::int64_t days) {
  return Date(std::chrono::days(days));
}

Date add_months(Date date, int months) {
  const auto day = civil(date);
  const auto target =
      std::chrono::year_month(day.year(), day.month()) + std::chrono::months(months);
  const std::chrono::year_month_day_last last(target.year(),
                                              std::chrono::month_day_last(target.month()));
  return Date(target / std::min(day.day(), last.day()));
}

int year_of(Date date) {
  return static_cast<int>(civil(date).year());
}

unsigned month_of(Date date) {
  return static_cast<unsigned>(civil(date).month());
}

unsigned day_of(Date date) {
  return static_cast<unsigned>(civil(date).day());
}

int full_years(Date birth, Date on) {
  int years = year_of(on) - year_of(birth);
  if (add_months(birth, years * 12) > on) --years;
  return years;
}

namespace {

int months_in(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::month: return 1;
    case PeriodKind::quarter: return 3;
    case PeriodKind::year: return 12;
  }
  return 1;
}

}  // namespace

Date Period::first_day() const {
  const unsigned month = kind == PeriodKind::month     ? number
                         : kind == PeriodKind::quarter ? number * 3 - 2
                                                       : 1;
  return Date(std::chrono::year(year) / static_cast<int>(month) / 1);
}

Date Period::last_day() const {
  return add_months(first_day(), months_in(kind)) - std::chrono::days(1);
}

Period Period::next(int count) const {
  return period_of(kind, add_months(first_day(), months_in(kind) * count));
}

std::string Period::text() const {
  switch (kind) {
    case PeriodKind::month: return fmt::format("{:04d}-{:02d}", year, number);
    case PeriodKind::quarter: return fmt::format("{:04d}Q{}", year, number);
    case PeriodKind::year: return fmt::format("{:04d}", year);
  }
  return {};
}

Period period_of(PeriodKind kind, Date date) {
  const unsigned month = month_of(date);
  switch (kind) {
    case PeriodKind::month: return {kind, year_of(date), month};
    case PeriodKind::quarter: return {kind, year_of(date), (month + 2) / 3};
    case PeriodKind::year: return {kind, year_of(date), 0};
  }
  return {};
}

std::optional<Period> parse_period(std::string_view text) {
  const auto year = parse_digits(text.substr(0, std::min<std::size_t>(4, text.size())));
  if (text.size() < 4 || !year || *year < 1) return std::nullopt;
  if (text.size() == 4) return Period{PeriodKind::year, *year, 0};
  if (text.size() == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4') {
    return Period{PeriodKind::quarter, *year, static_cast<unsigned>(text[5] - '0')};
  }
  if (text.size() == 7 && text[4] == '-') {
    const auto month = parse_digits(text.substr(5));
    if (month && *month >= 1 && *month <= 12)
      return Period{PeriodKind::month, *year, static_cast<unsigned>(*month)};
  }
  return std::nullopt;
}

int month_index(int year, unsigned month) {
  return year * 12 + static_cast<int>(month) - 1;
}

int month_index(Date date) {
  return month_index(year_of(date), month_of(date));
}

Period month_at(int index) {
  return {PeriodKind::month, index / 12, static_cast<unsigned>(index % 12) + 1};
}

}  // namespace jishi
