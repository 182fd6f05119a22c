#include "modules/insight/light_trend/light_trend.hpp"

#include <gtest/gtest.h>

namespace jishi::insight {
namespace {

const Date kToday = *make_date(2026, 6, 30);  // a Tuesday

std::vector<std::string> days(const LightTrendQuery& query) {
  const auto days = days_of_trend(query, kToday);
  if (!days) return {days.error().code};
  std::vector<std::string> texts;
  for (const Date day : *days) texts.push_back(to_iso(day));
  return texts;
}

using Texts = std::vector<std::string>;

TEST(DaysOfTrend, AreTheEndsOfDaysWeeksAndMonths) {
  EXPECT_EQ(days({*make_date(2026, 6, 28), {}, LightStep::day, {}, {}}),
            (Texts{"2026-06-28", "2026-06-29", "2026-06-30"}));
  EXPECT_EQ(days({*make_date(2026, 6, 15), {}, LightStep::week, {}, {}}),
            (Texts{"2026-06-21", "2026-06-28", "2026-06-30"}));
  EXPECT_EQ(days({*make_date(2026, 4, 30), *make_date(2026, 6, 2), LightStep::month, {}, {}}),
            (Texts{"2026-04-30", "2026-05-31", "2026-06-02"}));
  EXPECT_EQ(days({}).size(), 92U) << "a quarter, day by day";
}

TEST(DaysOfTrend, EndTodayAndAreNotTooMany) {
  EXPECT_EQ(days({*make_date(2026, 6, 30), *make_date(2030, 1, 1), LightStep::day, {}, {}}),
            (Texts{"2026-06-30"}));
  EXPECT_EQ(days({*make_date(2026, 7, 1), {}, {}, {}, {}}), (Texts{"insight.trend_range"}));
  EXPECT_EQ(days({*make_date(2020, 1, 1), {}, LightStep::day, {}, {}}),
            (Texts{"insight.trend_range"}));
}

}  // namespace
}  // namespace jishi::insight
