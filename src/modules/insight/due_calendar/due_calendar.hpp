#pragma once
// What falls due for an account, as a calendar that programs subscribe to by a secret address: the
// lights of its places, its tasks, its meetings. It names organisations; of persons it only says
// how many.

#include <functional>

#include "api/call.hpp"
#include "modules/insight/due_calendar/calendar_text.hpp"
#include "modules/insight/keeper/keeper.hpp"
#include "modules/insight/list_lights/list_lights.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::insight {

/// Days of a calendar before today and after it; events at most, the earliest first.
inline constexpr int kCalendarDaysBack = 92;
inline constexpr int kCalendarDaysAhead = 366;
inline constexpr int kMaxCalendarEvents = 500;

/// The address of a calendar, shown once: only a hash of its secret is kept.
struct CalendarAddress {
  std::string path;  // /api/v1/calendars/….ics
};
BOOST_DESCRIBE_STRUCT(CalendarAddress, (), (path))

/// Whether there is an address, and since when.
struct CalendarShown {
  std::optional<std::int64_t> made;
};
BOOST_DESCRIBE_STRUCT(CalendarShown, (), (made))

/// Gives the caller's account an address; the one before is void. Refused to tokens with
/// insight.calendar_by_token.
Result<CalendarAddress> make_calendar(api::Call& call);
CalendarShown calendar_of(api::Call& call);
/// Makes the address void. Error: insight.calendar_missing.
Result<Done> drop_calendar(api::Call& call);

/// Whose calendar an address is of.
std::optional<Id> account_of_calendar(db::Reader& reader, std::string_view secret);

/// What is due of the lights that are lit and not set aside, where the account may read lights; the
/// lights of several members of an organisation are one event.
std::vector<DueEvent> due_events(db::Reader& reader, const api::Call& call, const Wording& wording);

/// What else falls due for whoever asks, between two days: other modules' days, put together where
/// modules are.
using DueSource = std::function<std::vector<DueEvent>(db::Reader& reader, const api::Call& call,
                                                      Language language, Date from, Date to)>;

/// Makes, shows and drops one's own address; the calendar at an address, to whoever has it.
void calendar_routes(api::Routes& routes, const Keeper& keeper, const Codes& codes,
                     DueSource others);

}  // namespace jishi::insight
