#include "modules/insight/light_trend/light_trend.hpp"

#include "modules/insight/light_trend/light_trend.sql.hpp"

namespace jishi::insight {

namespace {

constexpr int kDaysUnlessTold = 91;

struct LevelCount {
  std::string level;
  std::int64_t lights = 0;
};
BOOST_DESCRIBE_STRUCT(LevelCount, (), (level, lights))

struct EventCount {
  Date day;
  std::string what;
  std::string level;
  std::string before;
  std::int64_t events = 0;
};
BOOST_DESCRIBE_STRUCT(EventCount, (), (day, what, level, before, events))

/// How many are lit, on the way back from now.
struct Counter {
  std::int64_t red = 0;
  std::int64_t yellow = 0;

  void add(std::string_view level, std::int64_t lights) {
    (level == "red" ? red : yellow) += lights;
  }
  void take_back(const EventCount& event) {
    if (event.what != "out") add(event.level, -event.events);
    if (event.what == "out") add(event.level, event.events);
    if (event.what == "changed") add(event.before, event.events);
  }
};

Date last_of(LightStep step, Date day) {
  switch (step) {
    case LightStep::day: return day;
    case LightStep::week: {
      const int weekday = static_cast<int>(((to_days(day) + 3) % 7 + 7) % 7);  // Monday is 0
      return day + std::chrono::days(6 - weekday);
    }
    case LightStep::month: break;
  }
  return period_of(PeriodKind::month, day).last_day();
}

}  // namespace

Result<std::vector<Date>> days_of_trend(const LightTrendQuery& query, Date today) {
  const Date to = std::min(query.to.value_or(today), today);
  const Date from = query.from.value_or(to - std::chrono::days(kDaysUnlessTold));
  const LightStep step = query.step.value_or(LightStep::day);
  std::vector<Date> days;
  for (Date day = last_of(step, from); days.size() <= kMaxLightPoints;
       day = last_of(step, day + std::chrono::days(1))) {
    days.push_back(std::min(day, to));
    if (day >= to) break;
  }
  if (from > to || days.size() > kMaxLightPoints) {
    return fail(ErrorKind::invalid, "insight.trend_range",
                {{"path", "from"}, {"most", std::to_string(kMaxLightPoints)}});
  }
  return days;
}

Result<LightTrend> light_trend(db::Reader& reader, const LightsOf& whose,
                               const LightTrendQuery& query, Date today) {
  const auto days = days_of_trend(query, today);
  if (!days) return days.error();
  const std::string rule = query.rule.value_or("");
  const std::string places = json_places(whose);
  Counter counter;
  for (const auto& [level, lights] : reader.all<LevelCount>(sql::light_trend::now, places, rule,
                                                            whose.structure, whose.below ? 1 : 0))
    counter.add(level, lights);
  const Date before_first = days->front() - std::chrono::days(1);
  const auto events = reader.all<EventCount>(sql::light_trend::events, places, before_first, rule,
                                             whose.structure, whose.below ? 1 : 0);
  LightTrend trend;
  auto event = events.begin();
  for (auto day = days->rbegin(); day != days->rend(); ++day) {
    for (; event != events.end() && event->day > *day; ++event) {
      counter.take_back(*event);
      if (trend.points.empty()) continue;
      if (event->what == "lit") trend.points.back().lit += event->events;
      if (event->what == "out") trend.points.back().out += event->events;
    }
    trend.points.push_back({*day, counter.red, counter.yellow, 0, 0});
  }
  for (; event != events.end(); ++event) {
    if (event->what == "lit") trend.points.back().lit += event->events;
    if (event->what == "out") trend.points.back().out += event->events;
  }
  std::reverse(trend.points.begin(), trend.points.end());
  return trend;
}

}  // namespace jishi::insight
