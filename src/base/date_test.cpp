#include "base/date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>

#include "base/clock.hpp"

namespace jishi {
namespace {

using std::chrono::days;

Date date(const char* iso) {
  return *parse_iso_date(iso);
}

/// Any day of the years 1900 to 2199.
Date any_date() {
  const int first = to_days(date("1900-01-01"));
  const int last = to_days(date("2199-12-31"));
  return from_days(*rc::gen::inRange(first, last + 1));
}

TEST(Date, OnlyDaysThatExist) {
  EXPECT_TRUE(make_date(2024, 2, 29));
  EXPECT_TRUE(make_date(2000, 2, 29));
  EXPECT_TRUE(make_date(1, 1, 1));
  EXPECT_TRUE(make_date(9999, 12, 31));
  EXPECT_FALSE(make_date(2023, 2, 29));
  EXPECT_FALSE(make_date(1900, 2, 29));
  EXPECT_FALSE(make_date(2026, 4, 31));
  EXPECT_FALSE(make_date(2026, 0, 1));
  EXPECT_FALSE(make_date(2026, 13, 1));
  EXPECT_FALSE(make_date(2026, 1, 0));
  EXPECT_FALSE(make_date(0, 1, 1));
  EXPECT_FALSE(make_date(10000, 1, 1));
}

TEST(Date, IsoAndNothingElse) {
  EXPECT_EQ(to_iso(date("2026-03-01")), "2026-03-01");
  EXPECT_EQ(to_days(date("1970-01-01")), 0);
  EXPECT_EQ(to_days(date("1969-12-31")), -1);
  for (const char* wrong :
       {"", "2026-3-1", "2026-03-1", "2026/03/01", "20260301", "2026-02-30", " 2026-03-01",
        "2026-03-01 ", "+026-03-01", "2026-03-0x", "-2026-03-01", "２０２６-03-01"}) {
    EXPECT_FALSE(parse_iso_date(wrong)) << wrong;
  }
}

TEST(Date, MonthsKeepTheDayOrClipIt) {
  const std::array<std::tuple<const char*, int, const char*>, 10> cases{{
      {"2024-02-29", 12, "2025-02-28"},
      {"2024-02-29", 48, "2028-02-29"},
      {"2026-01-31", 1, "2026-02-28"},
      {"2024-01-31", 1, "2024-02-29"},
      {"2026-03-31", -1, "2026-02-28"},
      {"2026-05-31", 1, "2026-06-30"},
      {"2026-01-15", -1, "2025-12-15"},
      {"2026-12-31", 2, "2027-02-28"},
      {"2026-03-15", 0, "2026-03-15"},
      {"2026-01-01", -1200, "1926-01-01"},
  }};
  for (const auto& [from, months, to] : cases) {
    EXPECT_EQ(to_iso(add_months(date(from), months)), to) << from << " + " << months;
  }
}

TEST(Date, FullYearsAndTheTwentyNinthOfFebruary) {
  const std::array<std::tuple<const char*, const char*, int>, 7> cases{{
      {"1990-06-15", "2026-06-14", 35},
      {"1990-06-15", "2026-06-15", 36},
      {"2008-02-29", "2026-02-27", 17},
      {"2008-02-29", "2026-02-28", 18},
      {"2008-02-29", "2028-02-28", 19},
      {"2008-02-29", "2028-02-29", 20},
      {"2026-03-01", "2026-03-01", 0},
  }};
  for (const auto& [birth, on, years] : cases) {
    EXPECT_EQ(full_years(date(birth), date(on)), years) << birth << " " << on;
  }
}

TEST(Date, ADayComesBackFromEveryForm) {
  EXPECT_TRUE(rc::check([] {
    const Date day = any_date();
    RC_ASSERT(from_days(to_days(day)) == day);
    RC_ASSERT(parse_iso_date(to_iso(day)) == day);
    RC_ASSERT(make_date(year_of(day), month_of(day), day_of(day)) == day);
  }));
}

TEST(Date, AddingMonthsLandsInTheRightMonthAndNeverLater) {
  EXPECT_TRUE(rc::check([] {
    const Date day = any_date();
    const int months = *rc::gen::inRange(-600, 601);
    const Date there = add_months(day, months);
    RC_ASSERT(month_index(there) == month_index(day) + months);
    RC_ASSERT(day_of(there) <= day_of(day));
    // Clipped only at the month's end.
    RC_ASSERT(day_of(there) == day_of(day) || day_of(there + days(1)) == 1U);
    RC_ASSERT(add_months(add_months(day, months), 1) >= add_months(day, months));
  }));
}

TEST(Period, TextsThatAreOne) {
  EXPECT_EQ(parse_period("2026")->kind, PeriodKind::year);
  EXPECT_EQ(parse_period("2026Q1")->text(), "2026Q1");
  EXPECT_EQ(parse_period("2026-03")->text(), "2026-03");
  for (const char* wrong : {"", "202", "0000", "2026Q0", "2026Q5", "2026q1", "2026-13", "2026-00",
                            "2026-3", "2026-03-01", "20260", "abcd"}) {
    EXPECT_FALSE(parse_period(wrong)) << wrong;
  }
}

TEST(Period, Bounds) {
  EXPECT_EQ(to_iso(parse_period("2024-02")->last_day()), "2024-02-29");
  EXPECT_EQ(to_iso(parse_period("2026Q4")->first_day()), "2026-10-01");
  EXPECT_EQ(to_iso(parse_period("2026Q1")->last_day()), "2026-03-31");
  EXPECT_EQ(to_iso(parse_period("2026")->last_day()), "2026-12-31");
  EXPECT_EQ(parse_period("2026Q4")->next().text(), "2027Q1");
  EXPECT_EQ(parse_period("2026-01")->next(-1).text(), "2025-12");
  EXPECT_EQ(parse_period("2026")->next(-26).text(), "2000");
}

TEST(Period, EveryDayIsInExactlyOne) {
  EXPECT_TRUE(rc::check([] {
    const Date day = any_date();
    const auto kind = *rc::gen::element(PeriodKind::month, PeriodKind::quarter, PeriodKind::year);
    const Period period = period_of(kind, day);
    RC_ASSERT(period.first_day() <= day);
    RC_ASSERT(day <= period.last_day());
    RC_ASSERT(period_of(kind, period.last_day()) == period);
    RC_ASSERT(period.next().first_day() == period.last_day() + days(1));
    RC_ASSERT(period.next(7).next(-7) == period);
    RC_ASSERT(parse_period(period.text()) == period);
  }));
}

TEST(Clock, TodayIsTheDayInChina) {
  FixedClock clock(date("2026-03-01"));
  EXPECT_EQ(to_iso(clock.today()), "2026-03-01");
  const std::int64_t midnight_utc = std::int64_t{to_days(date("2026-03-01"))} * 86'400'000;
  clock.set_ms(midnight_utc + 16 * 3'600'000 - 1);
  EXPECT_EQ(to_iso(clock.today()), "2026-03-01");
  clock.set_ms(midnight_utc + 16 * 3'600'000);
  EXPECT_EQ(to_iso(clock.today()), "2026-03-02");
}

}  // namespace
}  // namespace jishi
