#include "base/workdays/functions.hpp"

#include "base/feel/evaluate.hpp"

namespace jishi {

namespace {

using feel::Invocation;
using feel::Value;

// Years beyond those of the calendar's dates are out of any question here.
constexpr std::int64_t kMostDays = 3'000'000;  // since 1970

std::optional<Date> date_of(const Value& value) {
  const auto* at = value.as<feel::DateAndTime>();
  const std::int64_t days = at != nullptr ? at->date.days : value.as<feel::CalendarDate>()->days;
  if (days > kMostDays || days < -kMostDays) return std::nullopt;
  return Date(std::chrono::days(days));
}

Value out_of_range(const Invocation& call) {
  return call.fail("feel.working_days", {{"limit", std::to_string(kMostWorkingDays)}});
}

Value add_days(const WorkCalendar& calendar, const Invocation& call) {
  const auto date = date_of(call[0]);
  const auto days = call.number(1).to_int64();
  const auto found = date && days ? calendar.plus(*date, *days) : std::nullopt;
  if (!found) return out_of_range(call);
  return feel::CalendarDate{to_days(found->date)};
}

Value count_days(const WorkCalendar& calendar, const Invocation& call) {
  const auto from = date_of(call[0]);
  const auto to = date_of(call[1]);
  const auto found = from && to ? calendar.between(*from, *to) : std::nullopt;
  if (!found) return out_of_range(call);
  return found->count;
}

}  // namespace

feel::Library library_with(const WorkCalendar& calendar) {
  feel::Library library = feel::Library::make_standard();
  for (const std::string_view type : {"date", "date and time"}) {
    library.add(fmt::format("add working days(date: {}, days: number)", type),
                [&](const Invocation& call) { return add_days(calendar, call); });
    library.add(fmt::format("working days after(from: {0}, to: {0})", type),
                [&](const Invocation& call) { return count_days(calendar, call); });
    library.add(fmt::format("is working day(date: {})", type),
                [&](const Invocation& call) -> Value {
                  const auto date = date_of(call[0]);
                  return date ? Value(calendar.is_working_day(*date)) : out_of_range(call);
                });
    library.add(fmt::format("is provisional(date: {})", type),
                [&](const Invocation& call) -> Value {
                  const auto date = date_of(call[0]);
                  return date ? Value(!calendar.is_known(*date)) : out_of_range(call);
                });
  }
  return library;
}

}  // namespace jishi
