#pragma once
// How many lights were lit at the end of each day, week or month, in an organisation and all that
// stands below it today.

#include "api/call.hpp"
#include "modules/insight/insight.hpp"
#include "modules/insight/list_lights/list_lights.hpp"

namespace jishi::insight {

/// Points of one trend, at most.
inline constexpr int kMaxLightPoints = 370;

enum class LightStep { day, week, month };
BOOST_DESCRIBE_ENUM(LightStep, day, week, month)

struct LightTrendQuery {
  std::optional<Date> from;  // a quarter ago unless told
  std::optional<Date> to;    // today unless told
  std::optional<LightStep> step;
  std::optional<std::string> rule;
  std::optional<std::string> structure;  // the Party's when not given
};
BOOST_DESCRIBE_STRUCT(LightTrendQuery, (), (from, to, step, rule, structure))

struct LightPoint {
  Date day;  // at its end; a step that has not ended is counted today
  std::int64_t red = 0;
  std::int64_t yellow = 0;
  std::int64_t lit = 0;  // since the point before
  std::int64_t out = 0;
};
BOOST_DESCRIBE_STRUCT(LightPoint, (), (day, red, yellow, lit, out))

struct LightTrend {
  std::vector<LightPoint> points;
};
BOOST_DESCRIBE_STRUCT(LightTrend, (), (points))

/// The days at whose ends lights are counted; pure. Errors: insight.trend_range (none, or more than
/// kMaxLightPoints).
Result<std::vector<Date>> days_of_trend(const LightTrendQuery& query, Date today);

/// Goes back from the lights that are lit now. Error: insight.trend_range.
Result<LightTrend> light_trend(db::Reader& reader, const LightsOf& whose,
                               const LightTrendQuery& query, Date today);

}  // namespace jishi::insight
