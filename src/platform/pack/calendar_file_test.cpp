#include "platform/pack/calendar_file.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "base/feel/feel.hpp"
#include "base/workdays/functions.hpp"

namespace jishi::pack {
namespace {

Date day(const char* text) {
  return *parse_iso_date(text);
}

WorkCalendar calendar() {
  return load_calendar(std::filesystem::path(JISHI_SOURCE_DIR) / "packs/party").value();
}

TEST(WorkCalendar, HolidaysAndWorkedWeekends) {
  const WorkCalendar days = calendar();
  const std::pair<const char*, bool> kCases[] = {
      {"2026-01-01", false}, {"2026-01-04", true},   // 元旦, worked Sunday
      {"2026-02-14", true},  {"2026-02-15", false},  // 春节
      {"2026-02-23", false}, {"2026-02-24", true},  {"2026-02-28", true},  {"2026-09-20", true},
      {"2026-09-25", false}, {"2026-10-07", false}, {"2026-10-08", true},  {"2026-10-10", true},
      {"2026-10-11", false}, {"2023-01-02", false}, {"2022-12-31", false}, {"2024-05-11", true},
      {"2020-01-31", false}, {"2020-02-01", false}, {"2025-10-08", false}, {"2026-11-27", true},
      {"2026-11-28", false}};
  for (const auto& [date, working] : kCases)
    EXPECT_EQ(days.is_working_day(day(date)), working) << date;
}

// How many days were worked in a year is known from elsewhere: 365 or 366 less weekends and
// holidays on weekdays, with the weekends that were worked.
TEST(WorkCalendar, WholeYears) {
  const WorkCalendar days = calendar();
  for (const auto& [year, count] :
       {std::pair{2021, 250}, {2022, 249}, {2023, 249}, {2024, 251}, {2025, 248}, {2026, 248}}) {
    const auto found = days.between(*make_date(year - 1, 12, 31), *make_date(year, 12, 31));
    EXPECT_EQ(found->count, count) << year;
    EXPECT_FALSE(found->provisional);
  }
}

TEST(WorkCalendar, CountsOnAndBack) {
  const WorkCalendar days = calendar();
  EXPECT_EQ(days.plus(day("2026-09-30"), 1), (WorkingDate{day("2026-10-08"), false}));
  EXPECT_EQ(days.plus(day("2026-09-30"), 3), (WorkingDate{day("2026-10-10"), false}));
  EXPECT_EQ(days.plus(day("2026-10-08"), -1), (WorkingDate{day("2026-09-30"), false}));
  EXPECT_EQ(days.plus(day("2026-10-03"), 0), (WorkingDate{day("2026-10-03"), false}));
  // Nothing is announced for 2027: New Year's Day is a holiday by law all the same.
  EXPECT_EQ(days.plus(day("2026-12-31"), 5), (WorkingDate{day("2027-01-08"), true}));
  EXPECT_EQ(days.plus(day("2027-09-30"), 1), (WorkingDate{day("2027-10-04"), true}));
  EXPECT_FALSE(days.plus(day("2026-12-31"), kMostWorkingDays + 1));
  EXPECT_EQ(days.between(day("2026-09-30"), day("2026-10-10")), (WorkingDays{3, false}));
  EXPECT_EQ(days.between(day("2026-10-10"), day("2026-09-30")), (WorkingDays{-3, false}));
  EXPECT_EQ(days.between(day("2026-10-10"), day("2026-10-10")), (WorkingDays{0, false}));
  EXPECT_TRUE(days.between(day("2026-12-30"), day("2027-01-04"))->provisional);
  EXPECT_FALSE(days.between(day("1900-01-01"), day("2026-01-01")));
}

TEST(WorkCalendar, InExpressions) {
  const WorkCalendar days = calendar();
  const feel::Library library = library_with(days);
  const FixedClock clock(day("2026-09-30"));
  const std::pair<const char*, const char*> kCases[] = {
      {"add working days(today(), 5)", R"(@"2026-10-13")"},
      {R"(add working days(@"2026-09-30T10:00:00", 1))", R"(@"2026-10-08")"},
      {R"(working days after(@"2026-09-30", @"2026-10-13"))", "5"},
      {R"(is working day(@"2026-10-10"))", "true"},
      {R"(is provisional(add working days(@"2026-12-31", 1)))", "true"},
      {R"(is provisional(@"2026-12-31"))", "false"},
      {R"(add working days(@"2026-09-30", 1.5))", "null"},
      {R"(add working days(@"2026-09-30", 99999))", "null"},
      {R"(add working days(@"99999-09-30", 1))", "null"},
      {"add working days(null, 1)", "null"}};
  for (const auto& [text, worth] : kCases) {
    const auto expression = feel::Expression::read(text, {}, library);
    ASSERT_TRUE(expression) << text;
    EXPECT_EQ(literal_of(expression->evaluate({}, clock).value), worth) << text;
  }
}

TEST(WorkCalendar, BadFilesAreRefused) {
  const auto pack = std::filesystem::temp_directory_path() / "jishi-calendar-test";
  std::filesystem::create_directories(pack / "calendar");
  EXPECT_TRUE(load_calendar(pack));
  for (const char* content :
       {"year = 2029", "year = 2030", "year = 2030\nworked = [2030-01-01]\n[[holiday]]\n",
        "year = 2030\n[[holiday]]\nfirst = 2030-05-03\nlast = 2030-05-01\n",
        "year = 2030\n[[holiday]]\nfirst = 2030-05-03\nlast = 2030-09-01\n",
        "year = 2030\n[[holiday]]\nfirst = 2035-05-03\nlast = 2035-05-03\n", "year = "}) {
    std::ofstream(pack / "calendar" / "2030.toml") << content;
    const auto loaded = load_calendar(pack);
    ASSERT_FALSE(loaded) << content;
    EXPECT_EQ(loaded.error().code, "pack.calendar_invalid");
  }
  std::filesystem::remove(pack / "calendar" / "2030.toml");
  for (const char* content : {"", "days = [\"02-30\"]", "days = [1]"}) {
    std::ofstream(pack / "calendar" / "every_year.toml") << content;
    EXPECT_FALSE(load_calendar(pack)) << content;
  }
  std::filesystem::remove_all(pack);
}

}  // namespace
}  // namespace jishi::pack
