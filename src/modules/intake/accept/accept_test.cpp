#include "modules/intake/accept/accept.hpp"

#include "modules/intake/import/office_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::Office;
using testing::pack_codes;

constexpr const char* kOrganisations = "组织代码,组织名称,组织类别\nZB1,一支部,支部\n";
constexpr const char* kMembers =
    "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,转正日期\n"
    "P1,张三,11010519491231002X,男,1949-12-30,正式,ZB1,1966-07-01,1965-07-01\n"
    "P2,李四,,男,1980-01-01,正式,ZB7,1990-07-01,\n"
    "P3,王五,,女,1980-01-01,正式,ZB1,2001-07-01,\n";

RowPlace place(const Office::Outcome& outcome, int sheet, std::int64_t row) {
  return {outcome.report->batch, sheet, row};
}

struct Accepting : ::testing::Test {
  void SetUp() override {
    office.write("org.csv", kOrganisations);
    office.write("members.csv", kMembers);
    import = office.import({"org.csv", "members.csv"});
    ASSERT_EQ(import.refusals(),
              "members.csv:2 id_birth_mismatch@出生日期 id_sex_mismatch@性别 under_age@入党日期 "
              "date_order@转正日期\n"
              "members.csv:3 under_age@入党日期 organisation_missing@组织代码\n");
  }
  Result<Accepted> accept(std::int64_t row, std::string_view reason = "档案原件如此") {
    return accept_refused_row(office.store(), Actor{7}, pack_codes(), place(import, 0, row),
                              reason);
  }
  Office office;
  Office::Outcome import;
};

TEST_F(Accepting, WritesTheRowAndTellsIt) {
  EXPECT_EQ(office.rows("select rows from intake_doubt"), "1\n");
  const auto accepted = accept(2);
  ASSERT_TRUE(accepted) << accepted.error().code;
  EXPECT_EQ(office.rows("select name, sex, birth from registry_person where number = 'P1'"),
            fmt::format("张三|male|{}\n", to_days(Office::day(1949, 12, 31))));
  EXPECT_EQ(office.rows("select state from intake_refused order by row"), "accepted\nopen\n");
  EXPECT_EQ(office.rows("select person, subject, amount, payload from ledger_fact where kind = 62"),
            fmt::format("{}|{}|2|{{\"sheet\":0}}\n", accepted->person, import.report->batch));
  EXPECT_EQ(office.rows("select rows from intake_doubt"), "");
  EXPECT_EQ(batch(office.store(), import.report->batch)->sheets[0].open, 1);
  EXPECT_EQ(batch(office.store(), accepted->batch)->sheets[0].accepted, 1);
}

TEST_F(Accepting, AgainChangesNothing) {
  const auto first = accept(2);
  const std::string before = office.contents();
  const auto facts = office.count("ledger_fact");
  const auto second = accept(2);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->batch, first->batch);
  EXPECT_EQ(office.contents(), before);
  EXPECT_EQ(office.count("ledger_fact"), facts);
}

TEST_F(Accepting, SurvivesTheSameFileComingAgain) {
  ASSERT_TRUE(accept(2));
  const auto again = office.import({"org.csv", "members.csv"});
  EXPECT_EQ(again.said.refusals.size(), 2U);
  EXPECT_EQ(office.count("registry_person"), 2);
  EXPECT_EQ(office.count("registry_conflict"), 0);
  // Accepted once more, it is held already.
  const auto accepted =
      accept_refused_row(office.store(), Actor{7}, pack_codes(), place(again, 0, 2), "同前");
  ASSERT_TRUE(accepted) << accepted.error().code;
  EXPECT_EQ(batch(office.store(), accepted->batch)->sheets[0].unchanged, 1);
  EXPECT_EQ(office.count("registry_person"), 2);
}

TEST_F(Accepting, CanBeUndone) {
  const std::string before = office.contents();
  const auto accepted = accept(2);
  office.pass_a_day();
  EXPECT_EQ(undo_batch(office.store(), Actor{7}, import.report->batch).error().code,
            "intake.undo_refused");
  ASSERT_TRUE(undo_batch(office.store(), Actor{7}, accepted->batch));
  EXPECT_EQ(office.contents(), before);
  EXPECT_EQ(office.rows("select distinct state from intake_refused"), "open\n");
  EXPECT_TRUE(undo_batch(office.store(), Actor{7}, import.report->batch));
}

TEST_F(Accepting, IsRefusedForOtherCodesAndWithoutReason) {
  const std::string before = office.contents();
  const auto other = accept(3);
  EXPECT_EQ(other.error().code, "intake.not_acceptable");
  EXPECT_EQ(other.error().arguments, (Arguments{{"codes", "organisation_missing"}}));
  EXPECT_EQ(accept(2, "").error().code, "intake.reason_missing");
  EXPECT_EQ(accept(2, std::string(3'000, 'x')).error().code, "intake.reason_too_long");
  EXPECT_EQ(accept(4).error().code, "intake.row_missing");
  EXPECT_EQ(office.contents(), before);
}

TEST_F(Accepting, IsRefusedWhereTheStoreSpeaksAgainstItNow) {
  office.write("taken.csv",
               "人员编号,姓名,公民身份号码,人员类别,组织代码,入党日期\n"
               "P1,周八,110105194912310038,正式,ZB1,1970-07-01\n");
  ASSERT_EQ(office.import({"taken.csv"}).refusals(), "");
  const auto refused = accept(2);
  EXPECT_EQ(refused.error().code, "intake.still_refused");
  EXPECT_EQ(refused.error().arguments, (Arguments{{"codes", "number_conflict"}}));
}

TEST(AcceptingOthers, OrganisationsAndPostsWithDatesInTheWrongOrder) {
  Office office;
  office.write("org.csv",
               "组织代码,组织名称,上级组织代码,组织类别,成立日期,撤销日期\n"
               "DW1,党委,,党委,,\nZB1,一支部,DW1,支部,2020-01-01,2019-01-01\n");
  office.write("members.csv",
               "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期\n"
               "P1,张三,男,1980-01-01,正式,DW1,2001-07-01\n");
  office.write("posts.csv",
               "人员编号,组织代码,职务,任职日期,免职日期\nP1,DW1,书记,2020-01-01,2019-01-01\n");
  const auto import = office.import({"members.csv", "org.csv", "posts.csv"});
  ASSERT_EQ(import.refusals(), "org.csv:3 date_order@撤销日期\nposts.csv:2 date_order@免职日期\n");
  const auto accept = [&](int sheet, std::int64_t row) {
    return accept_refused_row(office.store(), Actor{7}, pack_codes(), place(import, sheet, row),
                              "原文如此");
  };
  const auto organisation = accept(1, 3);
  ASSERT_TRUE(organisation) << organisation.error().code;
  EXPECT_NE(organisation->organisation, kNoId);
  EXPECT_EQ(office.count("registry_ancestry"), 3);
  ASSERT_TRUE(accept(2, 2));
  EXPECT_EQ(office.count("registry_post"), 1);
}

}  // namespace
}  // namespace jishi::intake
