#pragma once
// How many members, organisations and activities a node had, month by month or quarter by quarter:
// as it stood then, or restated to today's structure. The only header of this module that others
// include.

#include "modules/orglife/orglife.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::trend {

/// Points of one trend, at most.
inline constexpr int kMaxPoints = 240;

enum class Step { month, quarter };
BOOST_DESCRIBE_ENUM(Step, month, quarter)

struct Query {
  Id organisation = kNoId;
  Date from;  // the month or quarter of this day is the first
  Date to;    // that of this day the last
  Step step = Step::month;
  registry::Basis basis = registry::Basis::then;
};

/// One month or quarter.
struct Point {
  Date first;  // its first day
  Date last;   // its last day, on which members and organisations are counted
  std::int64_t organisations = 0;
  std::int64_t members = 0;     // on record
  std::int64_t activities = 0;  // held within it
};
BOOST_DESCRIBE_STRUCT(Point, (), (first, last, organisations, members, activities))

/// The trend of a node within the scope. A period that has not ended is counted today. Errors:
/// registry.not_found, trend.range (none, or more than kMaxPoints).
Result<std::vector<Point>> trend_of(db::Reader& reader, const registry::Scope& scope,
                                    const Query& query, Date today);

/// Trends over HTTP.
void routes(api::Routes& routes);

}  // namespace jishi::trend
