#pragma once
// What an organisation plans for a year of organisational life: which meetings, when, about what.

#include "api/call.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::orglife {

inline constexpr std::size_t kMaxPlanned = 200;       // items of a plan
inline constexpr std::size_t kMaxPlannedTopic = 200;  // signs
inline constexpr int kFirstPlanYear = 1921;
inline constexpr int kLastPlanYear = 2100;

struct PlannedMeeting {
  std::string kind;  // a code of the pack
  Date on;
  std::string topic;
};
BOOST_DESCRIBE_STRUCT(PlannedMeeting, (), (kind, on, topic))

/// Sets the plan of a year, in place of the one before. Errors: orglife.plan_empty, plan_too_long,
/// plan_year, plan_topic (with `item`, from 1), api.unknown_code.
Result<Done> set_plan(Transaction& tx, Id organisation, int year,
                      const std::vector<PlannedMeeting>& plan);

/// A meeting of a plan, and whose.
struct PlannedDay {
  Id organisation = kNoId;
  std::string organisation_name;
  int year = 0;
  int item = 0;
  std::string kind;
  Date on;
};
BOOST_DESCRIBE_STRUCT(PlannedDay, (), (organisation, organisation_name, year, item, kind, on))

/// What these organisations plan between two days, the earliest first; `limit` at most.
std::vector<PlannedDay> planned_days(db::Reader& reader, const std::vector<Id>& organisations,
                                     Date from, Date to, int limit);

/// A meeting was called by a case, for a day: the plan's row of that kind and day has its meeting,
/// whenever the plan is set. One that is called again for another day counts for both.
void call_meeting(Transaction& tx, Id case_id, Id organisation, const std::string& kind, Date on);
/// It does not take place.
void call_off_meeting(Transaction& tx, Id case_id);

void plan_routes(api::Routes& routes);

}  // namespace jishi::orglife
