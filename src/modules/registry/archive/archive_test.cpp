#include "modules/registry/archive/archive.hpp"

#include <gtest/gtest.h>

#include "modules/registry/test_records.hpp"

namespace jishi::registry {
namespace {

const Teller kWorkbook{"workbook", std::nullopt};
const Teller kOtherWorkbook{"other workbook", std::nullopt};
const Teller kNational{"national system", 90};
const Teller kHearsay{"hearsay", 10};

class Sources : public testing::Test {
 protected:
  Recorded tell(const Teller& teller, std::string_view division) {
    OrganisationRecord record;
    record.division = division;
    return archive.organisation(teller, id, record);
  }
  std::string division() { return archive.organisation(id).division; }

  Archive archive;
  Id id = [this] {
    OrganisationRecord record;
    record.code = "A";
    record.name = "某支部";
    record.kind = "branch";
    record.division = "110101";
    return archive.organisation(kWorkbook, std::nullopt, record).id;
  }();
};

TEST_F(Sources, TheSameSourceCorrectsItselfInALaterImport) {
  EXPECT_EQ(tell(kWorkbook, "110102").outcome, Outcome::changed);
  EXPECT_EQ(division(), "110102");
  EXPECT_EQ(archive.waiting(), 0);
  EXPECT_EQ(tell(kWorkbook, "110102").outcome, Outcome::unchanged);
}

TEST_F(Sources, AnotherOfEqualRankWaits) {
  EXPECT_EQ(tell(kOtherWorkbook, "110102").outcome, Outcome::changed);
  EXPECT_EQ(division(), "110101");
  EXPECT_EQ(archive.waiting(), 1);
}

TEST_F(Sources, AConflictThatIsKnownIsNoNews) {
  tell(kOtherWorkbook, "110102");
  EXPECT_EQ(tell(kOtherWorkbook, "110102").outcome, Outcome::unchanged);
  EXPECT_EQ(archive.waiting(), 1);
  EXPECT_EQ(tell(kOtherWorkbook, "110103").outcome, Outcome::changed);
  EXPECT_EQ(archive.waiting(), 2);
}

TEST_F(Sources, TheHigherRankStands) {
  EXPECT_EQ(tell(kNational, "110102").outcome, Outcome::changed);
  EXPECT_EQ(division(), "110102");
  EXPECT_EQ(archive.waiting(), 1);  // the value that gave way
  EXPECT_EQ(tell(kHearsay, "110103").outcome, Outcome::changed);
  EXPECT_EQ(division(), "110102");
  // The workbook, which said 110101 before, is not to turn it back.
  EXPECT_EQ(tell(kWorkbook, "110101").outcome, Outcome::unchanged);
  EXPECT_EQ(division(), "110102");
}

TEST_F(Sources, WhatNobodySaidIsFilledInByAnyone) {
  OrganisationRecord record;
  record.unit_name = "某社区";
  EXPECT_EQ(archive.organisation(kHearsay, id, record).outcome, Outcome::changed);
  EXPECT_EQ(archive.organisation(id).unit_name, "某社区");
  EXPECT_EQ(archive.waiting(), 0);
}

TEST_F(Sources, SilenceSaysNothing) {
  EXPECT_EQ(tell(kNational, "").outcome, Outcome::unchanged);
  EXPECT_EQ(division(), "110101");
}

TEST_F(Sources, TheHistoryKeepsEveryValueAndWhoReplacedIt) {
  tell(kWorkbook, "110102");
  tell(kNational, "110103");
  const auto history = history_of(archive.store(), id);
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].before, "110102");
  EXPECT_EQ(history[0].source, "national system");
  EXPECT_EQ(history[1].before, "110101");
  EXPECT_EQ(history[1].source, "workbook");
  EXPECT_GT(history[0].recorded_ms, history[1].recorded_ms);
}

TEST_F(Sources, TwoChangesOfOneMillisecondAreBothKept) {
  const auto done = archive.store().write(kTester, [&](Transaction& tx) {
    const Origin origin = manual_origin(tx);
    remember(tx, origin, id, "division", "first");
    remember(tx, origin, id, "division", "second");
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(done);
  const auto history = history_of(archive.store(), id);
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].before, "second");
}

TEST_F(Sources, ARankGivenLaterCounts) {
  const Teller promoted{"other workbook", 80};
  EXPECT_EQ(tell(promoted, "110102").outcome, Outcome::changed);
  EXPECT_EQ(division(), "110102");
  EXPECT_EQ(tell(kOtherWorkbook, "110103").outcome, Outcome::changed);
  EXPECT_EQ(division(), "110103");
}

}  // namespace
}  // namespace jishi::registry
