#include "base/workdays/working_days.hpp"

namespace jishi {

namespace {

constexpr std::chrono::days kDay{1};

bool is_weekend(Date date) {
  const unsigned day = std::chrono::weekday(date).iso_encoding();
  return day > 5;
}

}  // namespace

void WorkCalendar::add(const HolidayYear& year) {
  years_[year.year] = year;
  off_.clear();
  worked_.clear();
  for (const auto& [number, known] : years_) {
    for (const auto& [first, last] : known.off) {
      for (Date day = first; day <= last; day += kDay) off_.insert(day);
    }
    worked_.insert(known.worked.begin(), known.worked.end());
  }
}

bool WorkCalendar::is_working_day(Date date) const {
  if (off_.contains(date)) return false;
  const std::chrono::year_month_day parts(date);
  if (!is_known(date) && every_year_.contains(parts.month() / parts.day())) return false;
  return worked_.contains(date) || !is_weekend(date);
}

std::optional<WorkingDate> WorkCalendar::plus(Date date, std::int64_t days) const {
  if (days > kMostWorkingDays || days < -kMostWorkingDays) return std::nullopt;
  WorkingDate result{date, false};
  const auto step = days < 0 ? -kDay : kDay;
  for (std::int64_t left = days < 0 ? -days : days; left > 0;) {
    result.date += step;
    result.provisional = result.provisional || !is_known(result.date);
    if (is_working_day(result.date)) --left;
  }
  return result;
}

std::optional<WorkingDays> WorkCalendar::between(Date from, Date to) const {
  if (to < from) {
    auto back = between(to, from);
    if (back) back->count = -back->count;
    return back;
  }
  WorkingDays found;
  for (Date day = from + kDay; day <= to; day += kDay) {
    found.provisional = found.provisional || !is_known(day);
    if (is_working_day(day)) ++found.count;
    if (found.count > kMostWorkingDays) return std::nullopt;
  }
  return found;
}

}  // namespace jishi
