#include "modules/intake/read/dates.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "modules/intake/read/cells_for_test.hpp"

namespace jishi::intake {
namespace {

using sheets::Epoch;
using testing::date_cell;
using testing::number_cell;
using testing::text_cell;

std::string iso(const std::optional<Date>& date) {
  return date ? to_iso(*date) : "-";
}

TEST(Dates, ReadsEveryFormOfTheContract) {
  const char* const forms[] = {
      "2024-3-5",
      "2024-03-05",
      "2024.03.05",
      "2024.3.5",
      "2024年3月5日",
      "2024年03月05日",
      "20240305",
      "2024/03/05",
      "2024/3/5",
      "２０２４－３－５",
      "２０２４年３月５日",
      "2024 年 3 月 5 日",
      " 2024-3-5 ",
      "2024- 3- 5",
      "2024-03-05 00:00:00",
      "2024-03-05T12:30:00Z",
      "2024/3/5 9:30",
      "2024年3月5日 12:30",
      "2024年3月5日12时30分",
      "2024年3月5日上午9:30",
      "20240305 08:00",
      "20240305083000",
      "2024年3月5号",
      "2024。3。5",
      "2024—3—5",
      "2024-03-05 00:00:00.000",
      "45356",
      "2024/3/5 9:30:00 PM",
      "\xEF\xBB\xBF"
      "2024-3-5\xE2\x80\x8B",
      "2024年3月5",
      "2024年3-5",
  };
  for (const auto* form : forms)
    EXPECT_EQ(iso(date_in(text_cell(form), Epoch::e1900)), "2024-03-05") << form;
}

TEST(Dates, RefusesWhatIsNoDay) {
  const char* const forms[] = {
      "24-3-5",
      "240305",
      "24年3月5日",
      "3/5/2024",
      "05.03.2024",
      "2025-02-30",
      "2025-02-29",
      "20250230",
      "2024-13-1",
      "2024-0-5",
      "2024-3-0",
      "2024-3-32",
      "2024",
      "2024年",
      "2024-03",
      "2024年3月",
      "202403",
      "0024-03-05",
      "2024-3-5-6",
      "2024-3-",
      "2024--3-5",
      "2024-3-5 早上",
      "不详",
      "1949年前",
      "2024-003-5",
      "2024-3-5?",
      "2024 3 5",
      "2024-3-5 6",
      "1234567",
      "123456789",
      "-2024-3-5",
      "2024-3-5 - 2024-3-9",
      "2024-3-59:30",
      "9999999999999999999999",
      "2024年3月5日、2024年3月6日",
      "二〇二四年三月五日",
      "：",
      ".12:30",
      "2024-3-5 00:00:00.0000000000000000000000000000000000 不详",
  };
  for (const auto* form : forms)
    EXPECT_EQ(iso(date_in(text_cell(form), Epoch::e1900)), "-") << form;
}

TEST(Dates, ReadsDateCellsAndNumbers) {
  EXPECT_EQ(iso(date_in(date_cell(2024, 3, 5, "2024-03-05 13:20:00"), Epoch::e1900)), "2024-03-05");
  const struct {
    double number;
    const char* digits;
    Epoch epoch;
    const char* wanted;
  } cases[] = {
      {45356, "45356", Epoch::e1900, "2024-03-05"},
      {45356.75, "45356.75", Epoch::e1900, "2024-03-05"},
      {43894, "43894", Epoch::e1904, "2024-03-05"},
      {20240305, "20240305", Epoch::e1900, "2024-03-05"},
      {20240305, "20240305", Epoch::e1904, "2024-03-05"},
      {20250230, "20250230", Epoch::e1900, "-"},
      {202403, "202403", Epoch::e1900, "-"},
      {240305, "240305", Epoch::e1900, "-"},
      {2024, "2024", Epoch::e1900, "-"},
      {2024.03, "2024.03", Epoch::e1900, "-"},
      {0, "0", Epoch::e1900, "-"},
      {-1, "-1", Epoch::e1900, "-"},
      {1e17, "1e+17", Epoch::e1900, "-"},
  };
  for (const auto& [number, digits, epoch, wanted] : cases)
    EXPECT_EQ(iso(date_in(number_cell(number, digits), epoch)), wanted) << digits;
}

TEST(Dates, ABirthDateMayBeAMonth) {
  using enum BirthDate::Precision;
  const BirthDate in_month{*make_date(1980, 5, 1), month};
  for (const auto* form : {"1980-05", "1980.5", "1980/05", "1980年5月", "198005", "1980年5月份"})
    EXPECT_EQ(birth_in(text_cell(form), Epoch::e1900), in_month) << form;
  EXPECT_EQ(birth_in(number_cell(198005, "198005"), Epoch::e1900), in_month);
  EXPECT_EQ(birth_in(number_cell(1980.05, "1980.05"), Epoch::e1900), in_month);
  EXPECT_EQ(birth_in(text_cell("1980-05-12"), Epoch::e1900),
            (BirthDate{*make_date(1980, 5, 12), day}));
  for (const auto* form : {"1980", "1980年", "80-05", "8005", "800512", "1980-13", "1980-00"})
    EXPECT_EQ(birth_in(text_cell(form), Epoch::e1900), std::nullopt) << form;
}

TEST(Dates, ReadsMonths) {
  const int march = month_index(2026, 3);
  for (const auto* form : {"2026-03", "2026.03", "2026/3", "2026年3月", "202603", "2026-03-15",
                           "20260315", "2026年03月", "２０２６年３月", "2026年3月份", "46096"})
    EXPECT_EQ(month_in(text_cell(form), Epoch::e1900), march) << form;
  EXPECT_EQ(month_in(number_cell(202603, "202603"), Epoch::e1900), march);
  EXPECT_EQ(month_in(number_cell(2026.03, "2026.03"), Epoch::e1900), march);
  EXPECT_EQ(month_in(number_cell(46096, "46096"), Epoch::e1900), march);
  EXPECT_EQ(month_in(date_cell(2026, 3, 1, "2026-03-01"), Epoch::e1900), march);
  EXPECT_EQ(month_in(number_cell(2026.12, "2026.12"), Epoch::e1900), month_index(2026, 12));
  for (const auto* form : {"2026", "26-03", "2026-13", "202613", "2026年1-3月", "三月", "2026Q1"})
    EXPECT_EQ(month_in(text_cell(form), Epoch::e1900), std::nullopt) << form;
  EXPECT_EQ(month_in(number_cell(2026.1, "2026.1"), Epoch::e1900), std::nullopt);
  EXPECT_EQ(month_in(text_cell("2026.1"), Epoch::e1900), month_index(2026, 1));
}

TEST(Dates, ReadsPeriods) {
  const std::pair<const char*, const char*> cases[] = {
      {"2026", "2026"},           {"2026年", "2026"},
      {"2026年度", "2026"},       {"2026Q1", "2026Q1"},
      {"2026q4", "2026Q4"},       {"2026-Q2", "2026Q2"},
      {"２０２６Ｑ１", "2026Q1"}, {"2026年第一季度", "2026Q1"},
      {"2026年4季度", "2026Q4"},  {"2026 年 三 季度", "2026Q3"},
      {"2026-03", "2026-03"},     {"2026年3月", "2026-03"},
      {"202603", "2026-03"},      {"2026-03-15", "2026-03"},
  };
  for (const auto& [text, wanted] : cases) {
    const auto period = period_in(text_cell(text), Epoch::e1900);
    EXPECT_EQ(period ? period->text() : "-", wanted) << text;
  }
  EXPECT_EQ(period_in(number_cell(2026, "2026"), Epoch::e1900)->text(), "2026");
  EXPECT_EQ(period_in(number_cell(202603, "202603"), Epoch::e1900)->text(), "2026-03");
  EXPECT_EQ(period_in(date_cell(2026, 3, 1, "2026-03-01"), Epoch::e1900)->text(), "2026-03");
  for (const auto* form : {"2026Q5", "2026Q0", "Q1", "26Q1", "2026-13", "2026上半年", "2026Q12",
                           "2026年第五季度", "2026Q", "2026季度", "2026第一", "2026Q一"})
    EXPECT_EQ(period_in(text_cell(form), Epoch::e1900), std::nullopt) << form;
}

RC_GTEST_PROP(DatesProperty, EveryDayReadsBackInEveryForm, ()) {
  const Date date = from_days(*rc::gen::inRange(-40000, 40000));
  const int y = year_of(date);
  const unsigned m = month_of(date);
  const unsigned d = day_of(date);
  for (const auto& form :
       {to_iso(date), fmt::format("{}.{}.{}", y, m, d), fmt::format("{}/{:02}/{:02}", y, m, d),
        fmt::format("{}年{}月{}日", y, m, d), fmt::format("{}{:02}{:02}", y, m, d)}) {
    RC_ASSERT(date_in(text_cell(form), Epoch::e1900) == date);
  }
}

RC_GTEST_PROP(DatesProperty, AnyBytesAreAnswered, (const std::string& bytes)) {
  date_in(text_cell(bytes), Epoch::e1900);
  period_in(text_cell(bytes), Epoch::e1904);
}

}  // namespace
}  // namespace jishi::intake
