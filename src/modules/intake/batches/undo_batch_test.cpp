#include "modules/intake/import/office_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::Office;

constexpr const char* kFirst =
    "组织代码,组织名称,上级组织代码,组织类别,单位名称,统一社会信用代码,成立日期,联系电话\n"
    "DW1,街道党委,,党委,街道办,,2010-01-01,\n"
    "ZB1,一支部,DW1,支部,甲厂,,2012-01-01,0571-1\n"
    "ZB2,二支部,DW1,支部,,,,\n"
    ",无代码支部,DW1,支部,,,2015-01-01,\n";
constexpr const char* kFirstMembers =
    "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,转正日期,手机号码,"
    "家庭住址,学历\n"
    "P1,张三,11010519491231002X,,,正式,ZB1,1970-07-01,1971-07-01,13900000001,一号楼,\n"
    "P2,李四,,男,1980-05,正式,ZB1,2001-07-01,,,,\n"
    "P3,王五,,女,1985-02-03,预备,ZB2,2025-07-01,,13900000003,,\n"
    ",赵六,,男,1990-01-01,正式,ZB2,2012-07-01,,,,\n"
    "P9,钱七,110105194912310021,男,,正式,ZB1,1970-07-01,,,,\n";
constexpr const char* kFirstRest =
    "人员编号,组织代码,职务,任职日期,免职日期\nP1,ZB1,书记,2020-01-01,\nP2,ZB1,委员,2020-01-01,\n";
constexpr const char* kFirstActivities =
    "组织代码,活动类别,日期,主题,地点,应到,实到,参加人\n"
    "ZB1,党课,2026-01-10,学习,会议室,3,2,P1、李四\n";
constexpr const char* kFirstDues =
    "人员编号,所属月份,金额,缴纳日期\nP1,2026-01,10,2026-01-05\nP2,2026-01,5,\n";

void import_first(Office& office) {
  office.write("org.csv", kFirst);
  office.write("members.csv", kFirstMembers);
  office.write("posts.csv", kFirstRest);
  office.write("activities.csv", kFirstActivities);
  office.write("dues.csv", kFirstDues);
  const auto first =
      office.import({"org.csv", "members.csv", "posts.csv", "activities.csv", "dues.csv"});
  ASSERT_TRUE(first.report);
  ASSERT_EQ(first.refusals(), "members.csv:6 id_check_digit@公民身份号码\n");
}

void write_second(const Office& office) {
  office.write(
      "org2.csv",
      "组织代码,组织名称,上级组织代码,组织类别,单位名称,统一社会信用代码,换届日期,联系电话\n"
      "DZ1,新总支,DW1,总支,,,,\n"
      "ZB1,一支部(改),DZ1,联合支部,乙厂,91110108551385082Q,2024-01-01,0571-2\n"
      "ZB9,无代码支部,DW1,支部,,,,\n");
  office.write(
      "members2.csv",
      "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,转正日期,手机号码,"
      "家庭住址,党籍状态,失联日期,备注说明\n"
      "P1,张叁,11010519491231002X,,,正式,DZ1,1970-07-01,1971-08-01,13900000009,二号楼,"
      "停止党籍,2025-01-01,注一\n"
      "P2,李四,,男,1980-05-17,正式,ZB2,2001-07-02,2002-07-02,13900000001,,,,\n"
      "P8,孙八,,男,1985-02-03,正式,DZ1,2005-07-01,,13900000003,,,,\n"
      ",赵六,,男,1990-01-01,正式,ZB2,2012-07-01,2013-07-01,,,,,\n"
      ",赵六,,男,1990-01-01,正式,ZB2,2012-07-01,,,,,,\n"
      "P3,王五,,女,1985-02-03,预备,ZB2,2025-02-30,,,,,,\n");
  office.write("posts2.csv",
               "人员编号,组织代码,职务,任职日期,免职日期\n"
               "P1,ZB1,书记,2020-01-01,2025-12-31\nP8,DZ1,书记,2026-01-01,\n");
  office.write("activities2.csv",
               "组织代码,活动类别,日期,所属期间,主题,地点,应到,实到,参加人\n"
               "ZB1,党课,2026-01-10,2026Q1,学习,大会议室,4,3,P1、P8、周九\n"
               "DZ1,主题党日,2026-02-10,,植树,,,,P8\n");
  office.write(
      "dues2.csv",
      "人员编号,所属月份,金额,缴纳日期\nP1,2026-01,10,2026-01-05\nP1,2026-02,10,2026-02-05\n"
      "P8,2026-02,7.5,\n");
}

const std::vector<std::string> kSecondFiles = {"org2.csv", "members2.csv", "posts2.csv",
                                               "activities2.csv", "dues2.csv"};

TEST(UndoBatch, BringsBackWhatWasBeforeAndTheImportCanBeRepeated) {
  // A source that corrects itself, one that ranks higher, and one of equal rank.
  for (const Office::How& how :
       {Office::How{"workbooks", std::nullopt, false, false},
        Office::How{"civil affairs", 80, false, false}, Office::How{"another", 50, false, false}}) {
    Office office;
    import_first(office);
    const std::string before = office.contents();
    write_second(office);
    const auto second = office.import(kSecondFiles, how);
    ASSERT_TRUE(second.report);
    const std::string after = office.contents();
    EXPECT_NE(after, before);

    const auto undone = undo_batch(office.store(), Actor{7}, second.report->batch);
    ASSERT_TRUE(undone) << undone.error().code;
    EXPECT_EQ(office.contents(), before) << how.source;
    EXPECT_EQ(undone->payments, 2);
    EXPECT_EQ(undone->activities, 1);
    EXPECT_EQ(undone->organisations, 1);
    EXPECT_TRUE(batch(office.store(), second.report->batch)->undone);

    const auto again = office.import(kSecondFiles, how);
    EXPECT_EQ(again.counts(), second.counts());
    EXPECT_EQ(again.refusals(), second.refusals());
  }
}

TEST(UndoBatch, UndoesTheFirstImportToNothing) {
  Office office;
  import_first(office);
  const auto first = batches(office.store()).at(0);
  EXPECT_EQ(first.sheets.size(), 5U);
  ASSERT_TRUE(undo_batch(office.store(), Actor{7}, first.id));
  for (const char* table :
       {"registry_organisation", "registry_link", "registry_ancestry", "registry_unit",
        "registry_unit_link", "registry_person", "registry_membership", "registry_post",
        "registry_field", "registry_conflict", "registry_duplicate", "orglife_activity",
        "orglife_attendance", "dues_payment", "intake_doubt", "intake_refused", "intake_note"}) {
    EXPECT_EQ(office.count(table), 0) << table;
  }
  EXPECT_EQ(undo_batch(office.store(), Actor{7}, first.id).error().code, "intake.batch_undone");
  EXPECT_EQ(undo_batch(office.store(), Actor{7}, 12345).error().code, "intake.batch_missing");
}

TEST(UndoBatch, IsRefusedWhileSomethingLaterRestsOnIt) {
  Office office;
  import_first(office);
  const Id first = batches(office.store()).at(0).id;
  office.write("later.csv", "人员编号,所属月份,金额,缴纳日期\nP3,2026-02,10,2026-02-07\n");
  const auto later = office.import({"later.csv"});
  const std::string before = office.contents();

  const auto refused = undo_batch(office.store(), Actor{7}, first);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "intake.undo_refused");
  const Arguments& told = refused.error().arguments;
  EXPECT_EQ(told[0].second, "党费 payment");
  EXPECT_EQ(told[1].second, "2026-02-07");
  EXPECT_EQ(told[2].second, "P3");
  EXPECT_EQ(office.contents(), before);

  // What was undone itself stands in nobody's way.
  ASSERT_TRUE(undo_batch(office.store(), Actor{7}, later.report->batch));
  EXPECT_TRUE(undo_batch(office.store(), Actor{7}, first));
}

TEST(UndoBatch, AnActivityWithItsPeopleStandsInTheWay) {
  Office office;
  office.write("org.csv", "组织代码,组织名称,组织类别\nZB1,一支部,支部\n");
  office.import({"org.csv"});
  office.write("m.csv",
               "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期\n"
               "P1,张三,男,1980-01-01,正式,ZB1,2001-07-01\n");
  const auto members = office.import({"m.csv"});
  office.write("a.csv", "组织代码,活动类别,日期,参加人\nZB1,党课,2026-01-10,张三\n");
  office.import({"a.csv"});
  EXPECT_EQ(undo_batch(office.store(), Actor{7}, members.report->batch).error().code,
            "intake.undo_refused");
}

TEST(UndoBatch, ALaterChangeOfTheSameRecordStandsInTheWay) {
  Office office;
  import_first(office);
  office.write("one.csv", "组织代码,组织名称,组织类别,任期\nZB1,一支部,支部,3\n");
  office.write("two.csv", "组织代码,组织名称,组织类别,任期\nZB1,一支部,支部,5\n");
  const auto one = office.import({"one.csv"});
  const auto two = office.import({"two.csv"});
  EXPECT_EQ(undo_batch(office.store(), Actor{7}, one.report->batch).error().code,
            "intake.undo_refused");
  ASSERT_TRUE(undo_batch(office.store(), Actor{7}, two.report->batch));
  EXPECT_EQ(office.rows("select term_years from registry_organisation where code = 'ZB1'"), "3\n");
  ASSERT_TRUE(undo_batch(office.store(), Actor{7}, one.report->batch));
  EXPECT_EQ(office.rows("select term_years from registry_organisation where code = 'ZB1'"), "-\n");
}

TEST(UndoBatch, MovesOfOneDayComeBackToo) {
  Office office;
  office.write(
      "org.csv",
      "组织代码,组织名称,上级组织代码,组织类别\nDW1,甲,,党委\nDW2,乙,,党委\nZB1,丙,DW1,支部\n");
  office.write("m.csv",
               "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期\n"
               "P1,张三,男,1980-01-01,正式,ZB1,2026-03-02\n");
  office.import({"org.csv"});
  office.import({"m.csv"});  // joins on the day before the move
  const std::string before = office.contents();
  office.write("org2.csv", "组织代码,组织名称,上级组织代码,组织类别\nZB1,丙,DW2,支部\n");
  office.write("m2.csv",
               "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期\n"
               "P1,张三,男,1980-01-01,正式,DW2,2026-03-02\n");
  const auto move = office.import({"org2.csv", "m2.csv"});
  EXPECT_EQ(office.rows("select count(*) from registry_membership"), "2\n");
  ASSERT_TRUE(undo_batch(office.store(), Actor{7}, move.report->batch));
  EXPECT_EQ(office.contents(), before);
}

}  // namespace
}  // namespace jishi::intake
