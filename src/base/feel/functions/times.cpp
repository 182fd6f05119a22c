// Date and time functions (DMN 1.5, tables 78 and 82).
#include "base/feel/evaluate.hpp"
#include "base/feel/library.hpp"

namespace jishi::feel {

namespace {

constexpr int kChina = 8 * 3600;  // seconds east of UTC

CalendarDate date_of(const Value& value) {
  const auto* at = value.as<DateAndTime>();
  return at != nullptr ? at->date : *value.as<CalendarDate>();
}

Value year_day(const Invocation& call) {
  return day_of_year(date_of(call[0]));
}

Value week_day(const Invocation& call) {
  constexpr const char* kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                   "Friday", "Saturday", "Sunday"};
  return kDays[weekday_of(date_of(call[0])) - 1];
}

Value month_name(const Invocation& call) {
  constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
  return kMonths[civil_of(date_of(call[0])).month - 1];
}

Value year_week(const Invocation& call) {
  return week_of_year(date_of(call[0]));
}

Value now(const Invocation& call) {
  constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
  const auto instant = Nanoseconds{call.evaluator().clock().now_ms()} * kNanosecondsPerMillisecond;
  return moment(instant, Zone::offset(kChina));
}

Value today(const Invocation& call) {
  return now(call).as<DateAndTime>()->date;
}

}  // namespace

void add_time_functions(Library& library) {
  for (const std::string_view type : {"date", "date and time"}) {
    const std::string parameter = "(date: " + std::string(type) + ")";
    library.add("day of year" + parameter, year_day);
    library.add("day of week" + parameter, week_day);
    library.add("month of year" + parameter, month_name);
    library.add("week of year" + parameter, year_week);
  }
  library.add("now()", now);
  library.add("today()", today);
}

}  // namespace jishi::feel
