#include "modules/intake/queues/queues.hpp"

#include "modules/intake/import/office_for_test.hpp"
#include "modules/intake/queues/find_duplicates.hpp"

namespace jishi::intake {
namespace {

using testing::Office;

constexpr const char* kOrganisations =
    "组织代码,组织名称,上级组织代码,组织类别,任期\nDW1,党委,,党委,\nDW2,二党委,,党委,\n"
    "ZB1,一支部,DW1,支部,3\nZB2,二支部,DW1,支部,\n";

TEST(Alike, OneDigitOrOneSwap) {
  const struct {
    const char* written;
    bool alike;
  } cases[] = {
      {"11010519491231002X", true},
      {"11010519491231003X", true},
      {"11010519491230102X", true},
      {"11010519491213002X", true},
      {"1101051949123102X", true},
      {"110105194912310022X", true},
      {"11010519491321003X", false},
      {"11010519491232103X", false},
      {"110105491231002", false},
      {"1.10105194912310E+17", true},
      {"1.1010519491231E+17", true},
      {"1.10105194812310E+17", true},
      {"1.10105184812310E+17", false},
      {"1.10E+17", true},
      {"1.20E+17", false},
      {"110105194912310000", true},
      {"", false},
  };
  for (const auto& example : cases)
    EXPECT_EQ(alike(example.written, "11010519491231002X"), example.alike) << example.written;
}

std::string pairs(Office& office) {
  std::string all;
  for (const auto& pair : possible_duplicates(office.store()))
    all += pair.reason + " " + pair.one.number + pair.one.organisation + "/" + pair.other.number +
           pair.other.organisation + "\n";
  return all;
}

TEST(Duplicates, AreFoundSideBySide) {
  Office office;
  office.write("org.csv", kOrganisations);
  office.write("a.csv",
               "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,手机号码\n"
               "P1,张三,11010519491231002X,,,正式,ZB1,1970-07-01,13900000001\n"
               "P2,李四,,男,1980-01-01,正式,ZB1,2001-07-01,\n"
               "P3,王五,,男,1980-01-01,正式,ZB1,2001-07-01,13900000003\n"
               "P4,张三,,女,1949-12-31,正式,ZB1,1970-07-01,\n");
  office.import({"org.csv", "a.csv"});
  EXPECT_EQ(pairs(office), "name_birth P1一支部/P4一支部\n");

  office.write("b.csv",
               "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,手机号码\n"
               "Q1,张三,,男,1975-05-05,正式,ZB2,2001-07-01,139-0000-0001\n"
               "Q2,李四,,男,1980-01-01,正式,ZB2,2001-07-01,\n"
               "Q3,赵六,,男,1980-01-01,正式,ZB2,2001-07-01,13900000003\n"
               "Q4,李四,,女,1980-01-01,正式,ZB2,2001-07-01,\n");
  const auto second = office.import({"b.csv"});
  EXPECT_EQ(pairs(office),
            "name_birth P1一支部/P4一支部\nname_phone P1一支部/Q1二支部\n"
            "name_birth P2一支部/Q2二支部\n");

  const auto list = possible_duplicates(office.store());
  EXPECT_EQ(list[0].one.citizen_id, "110*************2X");
  EXPECT_EQ(list[0].one.phone, "139******01");
  EXPECT_EQ(possible_duplicates(office.store(), list[0].first, list[0].second).size(), 2U);
  ASSERT_TRUE(decide_duplicate(office.store(), Actor{7}, list[0].first, list[0].second, false));
  EXPECT_EQ(
      decide_duplicate(office.store(), Actor{7}, list[0].first, list[0].second, true).error().code,
      "intake.pair_decided");
  EXPECT_EQ(decide_duplicate(office.store(), Actor{7}, 1, 2, true).error().code,
            "intake.pair_missing");
  office.import({"b.csv"});
  EXPECT_EQ(possible_duplicates(office.store()).size(), 2U) << "what was decided stays so";
  ASSERT_TRUE(undo_batch(office.store(), Actor{7}, second.report->batch));
  EXPECT_EQ(pairs(office), "");
}

TEST(Duplicates, APhoneThatChangedCounts) {
  Office office;
  office.write("org.csv", kOrganisations);
  const std::string head = "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期,手机号码\n";
  office.write("a.csv", head +
                            "P1,张三,男,1980-01-01,正式,ZB1,2001-07-01,13900000001\n"
                            "P2,张三,男,1981-01-01,正式,ZB1,2001-07-01,13900000002\n");
  office.import({"org.csv", "a.csv"});
  EXPECT_EQ(pairs(office), "");
  office.write("b.csv", head + "P2,张三,男,1981-01-01,正式,ZB1,2001-07-01,13900000001\n");
  office.import({"b.csv"});
  EXPECT_EQ(pairs(office), "name_phone P1一支部/P2一支部\n");
}

TEST(Similar, RefusedRowsStandBesideThoseOnRecord) {
  Office office;
  office.write("org.csv", kOrganisations);
  office.write("a.csv",
               "人员编号,姓名,公民身份号码,人员类别,组织代码,入党日期,手机号码\n"
               "P1,张三,11010519491231002X,正式,ZB1,1970-07-01,\n"
               "P2,张三,11010519491231003X,正式,一支部,1970-07-01,13900000002\n"
               "P3,李四,11010519491231003X,正式,ZB1,1970-07-01,\n"
               "P4,张三,11010519491231003X,正式,ZB2,1970-07-01,\n"
               "P5,张三,1.10105194912310E+17,正式,ZB1,1970-07-01,\n");
  office.import({"org.csv", "a.csv"});
  const auto rows = similar_rows(office.store());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].one.number, "P1");
  EXPECT_EQ(rows[0].other.number, "P2");
  EXPECT_EQ(rows[0].other.organisation, "一支部");
  EXPECT_EQ(rows[0].other.citizen_id, "110*************3X");
  EXPECT_EQ(rows[0].other.phone, "139******02");
  EXPECT_EQ(rows[0].other.file, "a.csv");
  EXPECT_EQ(rows[0].other.row, 3);
  EXPECT_EQ(rows[1].other.row, 6);
  ASSERT_TRUE(decide_duplicate(office.store(), Actor{7}, rows[0].first, rows[0].second, true));
  EXPECT_EQ(similar_rows(office.store()).size(), 1U);
  EXPECT_EQ(office.rows("select amount from ledger_fact where kind = 63"), "1\n");
}

struct Conflicts : ::testing::Test {
  void SetUp() override {
    office.write("org.csv", kOrganisations);
    office.write("a.csv", kHead + "P1,张三,男,1980-05,正式,ZB1,2001-07-01,13900000001,一号楼\n");
    ASSERT_TRUE(office.import({"org.csv", "a.csv"}).report);
    office.write("b.csv", kHead + "P1,张三,女,1980-06-01,正式,ZB2,2001-07-01,13900000002,二号楼\n");
    office.write("o.csv", "组织代码,组织名称,上级组织代码,组织类别,任期\nZB1,一支部,DW2,支部,5\n");
    const auto other = office.import({"b.csv", "o.csv"}, {.source = "other", .rank = {}});
    EXPECT_EQ(other.refusals(), "");
  }
  OpenConflict of(const std::string& field) {
    for (const auto& conflict : conflicts(office.store())) {
      if (conflict.field == field) return conflict;
    }
    ADD_FAILURE() << field;
    return {};
  }
  const std::string kHead = "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期,手机,住址\n";
  Office office;
};

TEST_F(Conflicts, AreListedWithBothValues) {
  std::string all;
  for (const auto& c : conflicts(office.store()))
    all += fmt::format("{} {} {}: {} ({} {}) | {} ({} {})\n", c.subject_kind, c.name, c.field,
                       c.value, c.source, c.rank, c.other, c.other_source, c.other_rank);
  EXPECT_EQ(all,
            "organisation 一支部 term_years: 3 (workbooks 50) | 5 (other 50)\n"
            "organisation 一支部 parent: 党委 (workbooks 50) | 二党委 (other 50)\n"
            "person 张三 sex: male (workbooks 50) | female (other 50)\n"
            "person 张三 birth: 1980-05 (workbooks 50) | 1980-06-01 (other 50)\n"
            "person 张三 phone: 139******01 (workbooks 50) | 139******02 (other 50)\n"
            "person 张三 organisation: 一支部 (workbooks 50) | 二支部 (other 50)\n");
}

TEST_F(Conflicts, TheOtherIsTakenAndStands) {
  for (const char* field : {"sex", "birth", "phone", "organisation", "parent", "term_years"}) {
    const auto done = decide_conflict(office.store(), Actor{7}, of(field).id, true);
    ASSERT_TRUE(done) << field << done.error().code;
    office.pass_a_day();
  }
  EXPECT_EQ(office.rows("select sex, birth_precision from registry_person"), "female|day\n");
  EXPECT_EQ(office.rows("select o.code from registry_membership m join registry_organisation o"
                        " on o.id = m.organisation where m.valid_to is null"),
            "ZB2\n");
  EXPECT_EQ(office.rows("select p.code from registry_link l join registry_organisation p"
                        " on p.id = l.parent join registry_organisation c on c.id = l.child"
                        " where c.code = 'ZB1' and l.valid_to is null"),
            "DW2\n");
  EXPECT_EQ(office.rows("select term_years from registry_organisation where code = 'ZB1'"), "5\n");
  // Neither source brings it up again.
  office.import({"a.csv", "org.csv"});
  office.import({"b.csv", "o.csv"}, {.source = "other", .rank = {}});
  for (const auto& left : conflicts(office.store())) ADD_FAILURE() << left.field;
  EXPECT_EQ(office.rows("select sex from registry_person"), "female\n");
}

TEST_F(Conflicts, WhatStandsIsKept) {
  const auto sex = of("sex");
  ASSERT_TRUE(decide_conflict(office.store(), Actor{7}, sex.id, false));
  EXPECT_EQ(decide_conflict(office.store(), Actor{7}, sex.id, true).error().code,
            "intake.conflict_decided");
  EXPECT_EQ(decide_conflict(office.store(), Actor{7}, 99, true).error().code,
            "intake.conflict_missing");
  EXPECT_EQ(office.rows("select sex from registry_person"), "male\n");
  office.import({"b.csv", "o.csv"}, {.source = "other", .rank = {}});
  EXPECT_EQ(conflicts(office.store()).size(), 5U);
}

TEST(ConflictsOfOthers, PostsAndActivities) {
  Office office;
  office.write("org.csv", kOrganisations);
  office.write("a.csv",
               "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期\n"
               "P1,张三,男,1980-05-01,正式,ZB1,2001-07-01\n"
               "P2,李四,男,1981-05-01,正式,ZB1,2001-07-01\n");
  const auto post = [&](const char* file, const char* to) {
    office.write(file,
                 std::string("人员编号,组织代码,职务,任职日期,免职日期\nP1,ZB1,书记,2020-01-01,") +
                     to + "\n");
  };
  const auto activity = [&](const char* file, const char* who) {
    office.write(file,
                 std::string("组织代码,活动类别,日期,参加人\nZB1,党课,2026-01-10,") + who + "\n");
  };
  post("p1.csv", "2024-01-01");
  post("p2.csv", "2025-01-01");
  activity("l1.csv", "P1");
  activity("l2.csv", "P2");
  office.import({"org.csv", "a.csv", "p1.csv", "l1.csv"});
  office.import({"p2.csv", "l2.csv"}, {.source = "other", .rank = {}});
  const auto list = conflicts(office.store());
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].name, "张三 secretary");
  EXPECT_EQ(list[1].name, "lecture 一支部");
  for (const auto& conflict : list)
    ASSERT_TRUE(decide_conflict(office.store(), Actor{7}, conflict.id, true));
  EXPECT_EQ(office.rows("select to_date from registry_post"),
            std::to_string(to_days(Office::day(2025, 1, 1))) + "\n");
  EXPECT_EQ(office.rows("select p.number from orglife_attendance a join registry_person p"
                        " on p.id = a.person"),
            "P2\n");
}

}  // namespace
}  // namespace jishi::intake
