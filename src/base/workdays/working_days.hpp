#pragma once
// Working days in China: Monday to Friday, less the holidays that the State Council announces for a
// year, with the weekend days that are worked instead (调休).

#include <map>
#include <set>
#include <vector>

#include "base/date.hpp"

namespace jishi {

/// What was announced for one year. A holiday may begin in the year before.
struct HolidayYear {
  int year = 0;
  std::vector<std::pair<Date, Date>> off;  // first and last day of each holiday
  std::vector<Date> worked;                // weekend days
};

/// A date, and whether it rests on years for which nothing is announced yet.
struct WorkingDate {
  Date date;
  bool provisional = false;
  friend bool operator==(const WorkingDate&, const WorkingDate&) = default;
};

struct WorkingDays {
  std::int64_t count = 0;
  bool provisional = false;
  friend bool operator==(const WorkingDays&, const WorkingDays&) = default;
};

/// The farthest that is counted, in working days: forty years.
inline constexpr std::int64_t kMostWorkingDays = 10'000;

class WorkCalendar {
 public:
  /// Takes in a year; one that is known already is replaced.
  void add(const HolidayYear& year);

  /// Days of fixed date that are holidays by law in every year: they count for a year for which
  /// nothing is announced yet.
  void add_every_year(std::chrono::month_day day) { every_year_.insert(day); }

  bool is_working_day(Date date) const;
  /// Whether the year of a date was announced.
  bool is_known(Date date) const { return years_.contains(year_of(date)); }

  /// The day that is `days` working days later (earlier when negative): the day itself does not
  /// count. Zero: the day itself, working or not. Nothing beyond kMostWorkingDays.
  std::optional<WorkingDate> plus(Date date, std::int64_t days) const;
  /// The working days behind `from`, up to and with `to`; negative when `to` is earlier. Nothing
  /// beyond kMostWorkingDays.
  std::optional<WorkingDays> between(Date from, Date to) const;

 private:
  std::map<int, HolidayYear> years_;
  std::set<Date> off_;
  std::set<Date> worked_;
  std::set<std::chrono::month_day> every_year_;
};

}  // namespace jishi
