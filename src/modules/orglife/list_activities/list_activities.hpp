#pragma once
// The activities of an organisation and all below it, latest first.

#include "api/call.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::orglife {

inline constexpr int kMaxActivitiesAPage = 200;

struct ActivityFilter {
  std::optional<std::string> kind;   // a code of the pack
  std::optional<Date> from;          // the first day,
  std::optional<Date> to;            // and the last
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(ActivityFilter, (), (kind, from, to, after, limit))

struct ListedActivity {
  Id id = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string kind;
  Date held_on;
  std::string period;
  std::string topic;
  std::string place;
  std::optional<int> due;
  std::optional<int> present;
  int participants = 0;  // those who are known by name
};
BOOST_DESCRIBE_STRUCT(ListedActivity, (),
                      (id, organisation, organisation_name, kind, held_on, period, topic, place,
                       due, present, participants))

/// Fails with api.page_unknown and api.limit_out_of_range.
Result<api::Page<ListedActivity>> list_activities(db::Reader& reader, Id organisation,
                                                  const ActivityFilter& filter);

}  // namespace jishi::orglife
