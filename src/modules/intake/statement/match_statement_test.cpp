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
  made.fixed = fixed;
  made.owed = std::move(owed);
  return made;
}

StatementRow row(std::int64_t cents, std::string payer, std::string remark = {}) {
  return {7, kDay, cents, std::move(payer), std::move(remark)};
}

/// Members whose dues are known already.
std::vector<MatchedRow> matched(std::vector<StatementMember> members,
                                std::vector<StatementRow> rows) {
  const auto known = [](StatementMember&, Date) -> Result<Done> { return Done{}; };
  auto result = match_statement({std::move(rows), 0}, std::move(members), known);
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
      matched({member(1, "王芳", summer())}, {row(1'000, "王芳"), row(1'000, "王芳")});
  EXPECT_EQ(told(rows[0]), "exact 1 2026-06:10.00");
  EXPECT_EQ(told(rows[1]), "exact 1 2026-07:10.00");
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
  EXPECT_EQ(told(rows[2]), "exact 1 2026-06:10.00");
}

TEST(Statement, WhoIsNobodyHereIsUnknown) {
  EXPECT_EQ(told(matched({member(1, "王芳", summer())}, {row(1'000, "赵钱孙李")})[0]), "unknown");
}

}  // namespace
}  // namespace jishi::intake
