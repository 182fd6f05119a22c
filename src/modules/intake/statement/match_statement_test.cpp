#include <gtest/gtest.h>

#include "modules/intake/statement/statement.hpp"

namespace jishi::intake {
namespace {

constexpr int kJune = 2026 * 12 + 5;

const Date kDay = *make_date(2026, 8, 5);

StatementMember member(Id person, std::string name, std::vector<MonthOwed> owed,
                       bool fixed = true) {
  StatementMember made;
  made.person = person;
  made.number = "N" + std::to_string(person);
  made.name = std::move(name);
  if (fixed) made.fixed = {2025, 2026};
  made.owed = std::move(owed);
  return made;
}

StatementRow row(std::int64_t cents, std::string payer, std::string remark = {}) {
  return {7, kDay, cents, std::move(payer), std::move(remark)};
}

/// Members whose dues are known already.
std::vector<MatchedRow> matched(std::vector<StatementMember> members,
                                std::vector<StatementRow> rows) {
  const auto known = [](StatementMember&) -> Result<Done> { return Done{}; };
  auto result = match_statement({std::move(rows), 0, {}}, std::move(members), known);
  EXPECT_TRUE(result);
  return result ? std::move(result->rows) : std::vector<MatchedRow>{};
}

std::string told(const MatchedRow& row) {
  std::string text(boost::describe::enum_to_string(row.match, ""));
  for (const Proposal& proposal : row.proposals) {
    text += fmt::format(" {}", proposal.person);
    for (const ProposedMonth& month : proposal.months)
      text += fmt::format(" {}:{}", month.month.text(), month.amount);
  }
  return text;
}

std::vector<MonthOwed> summer(std::int64_t each = 1'000) {
  return {{kJune, each}, {kJune + 1, each}, {kJune + 2, each}};
}

TEST(Statement, WhoPaysJustTheOldestMonthsIsKnown) {
  EXPECT_EQ(told(matched({member(1, "王芳", summer())}, {row(2'000, "王芳")})[0]),
            "exact 1 2026-06:10.00 2026-07:10.00");
}

TEST(Statement, AMonthIsProposedForOneRowOnly) {
  const auto rows =
      matched({member(1, "王芳", summer())}, {row(1'000, "王芳"), row(1'000, "王芳", "补交")});
  EXPECT_EQ(told(rows[0]), "exact 1 2026-06:10.00");
  EXPECT_EQ(told(rows[1]), "exact 1 2026-07:10.00");
  EXPECT_FALSE(rows[0].like || rows[1].like);
}

TEST(Statement, ARowThatStandsThereTwiceIsForAPersonToJudge) {
  const StatementRow once = row(1'000, "王芳", "党费");
  StatementRow again = once, later = once;
  again.row = 9;
  later.row = 10;
  later.paid_on = *make_date(2026, 8, 6);
  const auto rows = matched({member(1, "王芳", summer())}, {once, again, later});
  EXPECT_EQ(told(rows[0]), "exact 1 2026-06:10.00");
  EXPECT_EQ(told(rows[1]), "suggested 1 2026-07:10.00");
  EXPECT_EQ(rows[1].like, 7);
  EXPECT_EQ(told(rows[2]), "exact 1 2026-08:10.00");
}

TEST(Statement, OfSeveralDaysTheOldestPaysTheOldestMonth) {
  StatementRow earlier = row(1'000, "王芳");
  earlier.paid_on = *make_date(2026, 7, 1);
  const auto rows = matched({member(1, "王芳", summer())}, {row(1'000, "王芳"), earlier});
  EXPECT_EQ(told(rows[0]), "exact 1 2026-07:10.00");
  EXPECT_EQ(told(rows[1]), "exact 1 2026-06:10.00");
}

TEST(Statement, AnotherSumIsLaidOutAndLeftToAPerson) {
  const std::vector<StatementMember> members{member(1, "王芳", summer())};
  EXPECT_EQ(told(matched(members, {row(1'500, "王芳")})[0]),
            "suggested 1 2026-06:10.00 2026-07:5.00");
  EXPECT_EQ(told(matched(members, {row(3'100, "王芳")})[0]),
            "suggested 1 2026-06:10.00 2026-07:10.00 2026-08:11.00");
  EXPECT_EQ(told(matched({member(1, "王芳", {})}, {row(700, "王芳")})[0]),
            "suggested 1 2026-08:7.00");
}

TEST(Statement, WhatWasNotFixedIsSuggestedOnly) {
  EXPECT_EQ(told(matched({member(1, "王芳", summer(), false)}, {row(1'000, "王芳")})[0]),
            "suggested 1 2026-06:10.00");
}

TEST(Statement, OfTwoOfANameNeitherIsSure) {
  const auto rows =
      matched({member(1, "王芳", summer(300)), member(2, "王芳", summer())}, {row(2'000, "王芳")});
  EXPECT_EQ(told(rows[0]),
            "suggested 2 2026-06:10.00 2026-07:10.00 1 2026-06:3.00 2026-07:3.00 2026-08:14.00");
}

TEST(Statement, ANumberInTheRemarkTellsWhoOfThem) {
  const auto rows = matched({member(1, "王芳", summer()), member(2, "王芳", summer())},
                            {row(1'000, "李强", "代交 N2 党费")});
  EXPECT_EQ(told(rows[0]), "exact 2 2026-06:10.00");
}

TEST(Statement, ANameWithinTheWordsIsSuggestedOnly) {
  EXPECT_EQ(told(matched({member(1, "王芳", summer())}, {row(1'000, "李强", "王芳六月党费")})[0]),
            "suggested 1 2026-06:10.00");
}

TEST(Statement, MonthsThatTheRemarkNames) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"党费", ""},
      {"交6个月党费", ""},
      {"每月党费", ""},
      {"12月党费", "2026-12"},
      {"十二月党费", "2026-12"},
      {"一月", "2026-01"},
      {"2025年12月", "2025-12"},
      {"25年12月", "2025-12"},
      {"7-9月党费", "2026-07 2026-08 2026-09"},
      {"7月至9月", "2026-07 2026-08 2026-09"},
      {"六、七月", "2026-06 2026-07"},
      {"6月、8月", "2026-06 2026-08"},
      {"2025年12月至2026年2月", "2025-12 2026-01 2026-02"},
      {"2025年11、12月", "2025-11 2025-12"},
      {"8月5日交7月党费", "2026-07"},
      {"13月", ""},
      {"3月4月党费", "2026-03 2026-04"},
      {"第三季度", "2026-07 2026-08 2026-09"},
      {"2025年四季度党费", "2025-10 2025-11 2025-12"},
      {"五季度", ""},
      {"202605-202607", "2026-05 2026-06 2026-07"},
      {"党费202605、202607", "2026-05 2026-07"},
      {"20260805党费", ""},
      {"202613", ""},
      {"0月", ""},
  };
  for (const auto& [remark, expected] : cases) {
    std::string told;
    for (const int month : months_named(remark, kDay))
      told += (told.empty() ? "" : " ") + month_at(month).text();
    EXPECT_EQ(told, expected) << remark;
  }
  EXPECT_EQ(months_named("1月", *make_date(2026, 12, 5)), std::vector<int>{2027 * 12});
  // In January last December is nearer than the next.
  EXPECT_EQ(months_named("12月", *make_date(2026, 1, 5)), std::vector<int>{2025 * 12 + 11});
}

TEST(Statement, AMonthThatIsNamedComesBeforeTheOldest) {
  const std::vector<StatementMember> members{member(1, "王芳", summer())};
  EXPECT_EQ(told(matched(members, {row(1'000, "王芳", "8月党费")})[0]), "exact 1 2026-08:10.00");
  EXPECT_EQ(told(matched(members, {row(2'000, "王芳", "7-8月党费")})[0]),
            "exact 1 2026-07:10.00 2026-08:10.00");
  EXPECT_EQ(told(matched(members, {row(1'000, "王芳", "12月党费")})[0]),
            "suggested 1 2026-12:10.00");
  EXPECT_EQ(told(matched(members, {row(1'500, "王芳", "8月党费")})[0]),
            "suggested 1 2026-08:15.00");
}

TEST(Statement, WhatIsOnRecordIsToldAndNotProposedAgain) {
  StatementMember paid = member(1, "王芳", summer());
  paid.paid.emplace_back(kDay, 2'000);
  EXPECT_EQ(told(matched({paid}, {row(2'000, "王芳")})[0]), "recorded 1");
  EXPECT_EQ(told(matched({paid}, {row(1'000, "王芳")})[0]), "exact 1 2026-06:10.00");
}

TEST(Statement, ARowMayHaveBeenRecordedAsSeveralMonthsAndEachCountsOnce) {
  StatementMember paid = member(1, "王芳", summer());
  for (const std::int64_t cents : {300, 1'000, 700}) paid.paid.emplace_back(kDay, cents);
  paid.paid.emplace_back(*make_date(2026, 8, 4), 900);
  EXPECT_EQ(told(matched({paid}, {row(1'700, "王芳")})[0]), "recorded 1");
  EXPECT_EQ(told(matched({paid}, {row(900, "王芳")})[0]), "suggested 1 2026-06:9.00");
  const auto rows = matched({paid}, {row(1'000, "王芳"), row(1'000, "王芳"), row(1'000, "王芳")});
  EXPECT_EQ(told(rows[0]), "recorded 1");
  EXPECT_EQ(told(rows[1]), "recorded 1");
  EXPECT_EQ(told(rows[2]), "suggested 1 2026-06:10.00");
}

TEST(Statement, EachRowGoesByItsOwnDay) {
  std::vector<MonthOwed> half;
  for (int month = kJune; month < kJune + 6; ++month) half.push_back({month, 100});
  StatementRow earlier = row(900, "康长荣");
  earlier.paid_on = *make_date(2025, 12, 31);
  StatementRow later = row(600, "康长荣");
  later.paid_on = *make_date(2026, 11, 28);
  const auto rows = matched({member(1, "康长荣", half)}, {earlier, later});
  EXPECT_EQ(told(rows[0]), "suggested 1 2025-12:9.00");
  EXPECT_EQ(told(rows[1]),
            "exact 1 2026-06:1.00 2026-07:1.00 2026-08:1.00 2026-09:1.00 2026-10:1.00 "
            "2026-11:1.00");
  // March is too old in November, though an earlier row could have paid it.
  std::vector<MonthOwed> spring{{kJune - 3, 31}, {kJune - 2, 31}, {kJune + 5, 62}};
  earlier.paid_on = *make_date(2026, 6, 10);
  later.cents = 62;
  const auto late = matched({member(1, "康长荣", spring)}, {earlier, later});
  EXPECT_EQ(told(late[1]), "exact 1 2026-11:0.62");
}

TEST(Statement, WhatWasNotFixedIsAsTheLastMonthOfTheDay) {
  StatementMember usual = member(1, "王芳", {}, false);
  usual.last_paid = MonthOwed{kJune, 1'000};
  StatementRow earlier = row(1'000, "王芳");
  earlier.paid_on = *make_date(2026, 7, 20);
  const auto rows = matched({usual}, {row(2'000, "王芳"), earlier});
  EXPECT_EQ(told(rows[0]), "suggested 1 2026-07:10.00 2026-08:10.00");
  EXPECT_EQ(told(rows[1]), "suggested 1 2026-07:10.00");
}

TEST(Statement, WhoIsNoMemberThenIsNotProposed) {
  StatementMember gone = member(1, "王芳", {});
  gone.months.over = true;
  gone.months.last = kJune;
  EXPECT_EQ(told(matched({gone}, {row(1'000, "王芳")})[0]), "unknown");
  EXPECT_EQ(told(matched({gone}, {row(1'000, "王芳", "6月党费")})[0]), "suggested 1 2026-06:10.00");
}

TEST(Statement, MonthsThatAreNamedButNotOwedShareTheSum) {
  EXPECT_EQ(told(matched({member(1, "王芳", {})}, {row(1'000, "王芳", "3月4月党费")})[0]),
            "suggested 1 2026-03:5.00 2026-04:5.00");
}

TEST(Statement, ANameWithinALongerOneIsAnother) {
  const std::vector<StatementMember> members{member(1, "王英", summer())};
  EXPECT_EQ(told(matched(members, {row(1'000, "王英豪")})[0]), "unknown");
  EXPECT_EQ(told(matched(members, {row(1'000, "李强", "王英豪党费")})[0]), "unknown");
  EXPECT_EQ(told(matched(members, {row(1'000, "李强", "代王英交")})[0]),
            "suggested 1 2026-06:10.00");
  EXPECT_EQ(told(matched(members, {row(1'000, "王英(本人)")})[0]), "suggested 1 2026-06:10.00");
}

TEST(Statement, WhoIsNobodyHereIsUnknown) {
  EXPECT_EQ(told(matched({member(1, "王芳", summer())}, {row(1'000, "赵钱孙李")})[0]), "unknown");
}

}  // namespace
}  // namespace jishi::intake
