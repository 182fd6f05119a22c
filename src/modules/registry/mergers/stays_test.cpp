#include "modules/registry/mergers/stays.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace jishi::registry {
namespace {

Date on(int year) {
  return *make_date(year, 1, 1);
}

MembershipRow stay(Id organisation, int from, std::optional<int> to = std::nullopt) {
  MembershipRow row;
  row.organisation = organisation;
  row.valid_from = on(from);
  if (to) row.valid_to = on(*to);
  row.stage = "full";
  row.status = "normal";
  return row;
}

std::string text(const std::vector<MembershipRow>& rows) {
  std::string line;
  for (const MembershipRow& row : rows) {
    line += fmt::format("{}{}:{}-{}", line.empty() ? "" : " ", row.organisation,
                        to_iso(row.valid_from).substr(0, 4),
                        row.valid_to ? to_iso(*row.valid_to).substr(0, 4) : "");
  }
  return line;
}

TEST(JoinStays, TheGuideStandsAndTheOtherFillsWhatIsFree) {
  const struct {
    std::vector<MembershipRow> guide;
    std::vector<MembershipRow> other;
    std::optional<int> joined;
    const char* rows;
    const char* left_out;
  } cases[] = {
      // The same branch twice.
      {{stay(1, 2000)}, {stay(1, 2000)}, 2000, "1:2000-", ""},
      // Two branches, both from the day of joining.
      {{stay(1, 2000)}, {stay(2, 2000)}, 2000, "1:2000-", "2:2000-"},
      // The other knows what was before.
      {{stay(1, 2010)}, {stay(2, 2000)}, 2000, "2:2000-2010 1:2010-", "2:2010-"},
      {{stay(1, 2010)},
       {stay(2, 2000, 2005), stay(3, 2005)},
       2000,
       "2:2000-2005 3:2005-2010 1:2010-",
       "3:2010-"},
      // Nobody is a member before they join.
      {{stay(1, 2010)}, {stay(2, 1990)}, 2000, "2:2000-2010 1:2010-", "2:1990-2000 2:2010-"},
      {{stay(1, 2010)},
       {stay(2, 1990, 1995), stay(3, 1995)},
       2010,
       "1:2010-",
       "2:1990-1995 3:1995-2010 3:2010-"},
      // A gap in the middle, filled in part.
      {{stay(1, 2000, 2005), stay(1, 2010)},
       {stay(2, 2003, 2008), stay(3, 2008)},
       {},
       "1:2000-2005 2:2005-2008 3:2008-2010 1:2010-",
       "2:2003-2005 3:2010-"},
      // A row of the other around several of the guide's.
      {{stay(1, 2000, 2001), stay(1, 2002, 2003), stay(1, 2010)},
       {stay(2, 1999)},
       {},
       "2:1999-2000 1:2000-2001 2:2001-2002 1:2002-2003 2:2003-2010 1:2010-",
       "2:2000-2001 2:2002-2003 2:2010-"},
  };
  for (const auto& example : cases) {
    std::optional<Date> joined;
    if (example.joined) joined = on(*example.joined);
    const auto stays = join_stays(example.guide, example.other, joined);
    EXPECT_EQ(text(stays.rows), example.rows);
    EXPECT_EQ(text(stays.left_out), example.left_out);
  }
}

TEST(StaysWithoutMerger, WhatCameLaterStays) {
  const std::vector<MembershipRow> before{stay(1, 2010)};
  const std::vector<MembershipRow> after{stay(2, 2000, 2010), stay(1, 2010)};
  const auto without = [&](std::vector<MembershipRow> now) {
    const auto rows = stays_without_merger({before, after, std::move(now)});
    return rows ? text(*rows) : "refused";
  };
  EXPECT_EQ(without(after), "1:2010-");
  EXPECT_EQ(without({stay(2, 2000, 2010), stay(1, 2010, 2020), stay(3, 2020)}),
            "1:2010-2020 3:2020-")
      << "moved since";
  EXPECT_EQ(without({stay(2, 2000, 2010), stay(4, 2010)}), "4:2010-") << "placed anew since";
  EXPECT_EQ(without({stay(5, 2000, 2010), stay(1, 2010)}), "refused") << "the past was changed";
  EXPECT_EQ(without({stay(2, 2000, 2010)}), "refused");
  EXPECT_EQ(without({stay(2, 2000, 2010), stay(1, 2011)}), "refused");
  EXPECT_EQ(without({}), "refused");
}

TEST(StaysWithoutMerger, EachFieldGoesBackUnlessItChangedLater) {
  MembershipRow held = stay(1, 2010);
  held.confirmed = on(2011);
  MembershipRow merged = stay(2, 2005);
  merged.confirmed = on(2012);
  merged.lost_since = on(2020);
  MembershipRow now = merged;
  now.status = "suspended";
  now.confirmed = on(2013);
  now.valid_to = on(2024);
  MembershipRow next = now;
  next.valid_from = on(2024);
  next.valid_to.reset();
  next.organisation = 7;
  const auto rows = stays_without_merger({{held}, {merged}, {now, next}});
  ASSERT_TRUE(rows);
  EXPECT_EQ(text(*rows), "1:2010-2024 7:2024-");
  for (const MembershipRow& row : *rows) {
    EXPECT_EQ(row.status, "suspended");
    EXPECT_EQ(row.confirmed, on(2013));
    EXPECT_EQ(row.lost_since, std::nullopt);
  }
}

std::vector<MembershipRow> any_stays() {
  std::vector<MembershipRow> rows;
  int year = *rc::gen::inRange(1990, 2000);
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
    const int length = *rc::gen::inRange(1, 5);
    rows.push_back(stay(*rc::gen::inRange(1, 4), year, year + length));
    year += length + *rc::gen::inRange(0, 3);
  }
  rows.push_back(stay(*rc::gen::inRange(1, 4), year));
  return rows;
}

std::optional<Id> place_in(const std::vector<MembershipRow>& rows, int year, int* count = nullptr) {
  std::optional<Id> found;
  for (const MembershipRow& row : rows) {
    if (row.valid_from > on(year) || (row.valid_to && *row.valid_to <= on(year))) continue;
    found = row.organisation;
    if (count != nullptr) ++*count;
  }
  return found;
}

// Year by year: the guide's place, else the other's, else none; never two at once.
RC_GTEST_PROP(JoinStays, OnEveryDayOnePlaceAtMost, ()) {
  const auto guide = any_stays();
  const auto other = any_stays();
  const int joined = *rc::gen::inRange(1990, 2005);
  const auto stays = join_stays(guide, other, on(joined));
  RC_ASSERT(!stays.rows.back().valid_to);
  for (int year = 1985; year < 2030; ++year) {
    int count = 0;
    auto expected = place_in(guide, year);
    if (!expected && year >= joined) expected = place_in(other, year);
    RC_ASSERT(place_in(stays.rows, year, &count) == expected);
    RC_ASSERT(count <= 1);
    const bool told = place_in(other, year) && place_in(other, year) != expected;
    RC_ASSERT(place_in(stays.left_out, year).has_value() == told);
  }
  RC_ASSERT(*stays_without_merger({guide, stays.rows, stays.rows}) == guide);
}

}  // namespace
}  // namespace jishi::registry
