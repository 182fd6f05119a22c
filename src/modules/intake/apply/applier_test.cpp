#include "modules/intake/apply/applier.hpp"

#include "modules/intake/import/office_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::Office;

// Valid citizen ids, all of 1949-12-31, men and women.
constexpr const char* kId1 = "11010519491231002X";
constexpr const char* kId2 = "110105194912310038";
constexpr const char* kId3 = "110105194912310046";

const std::string kMemberHead =
    "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,转正日期\n";

std::string member(const std::string& number, const std::string& name, const std::string& id,
                   const std::string& organisation = "ZB1") {
  const std::string birth = id.empty() ? "男,1980-01-01" : ",";
  return number + "," + name + "," + id + "," + birth + ",正式," + organisation + ",2001-07-01,\n";
}

struct Sheets : ::testing::Test {
  void SetUp() override {
    office.write("org.csv",
                 "组织代码,组织名称,上级组织代码,组织类别\n"
                 "DW1,党委一,,党委\nDW2,党委二,,党委\nZB1,一支部,DW1,支部\n"
                 "ZB2,机关支部,DW1,支部\nZB3,机关支部,DW2,支部\n");
    ASSERT_EQ(office.import({"org.csv"}).refusals(), "");
  }
  /// What one sheet is refused for, `row code@column` each.
  std::string refusals(const std::string& text) {
    office.write("s.csv", text);
    std::string all;
    last = office.import({"s.csv"});
    for (const auto& [place, said] : last.said.refusals) all += place.substr(6) + " " + said + "\n";
    return all;
  }
  std::string members(const std::string& rows) { return refusals(kMemberHead + rows); }
  Office office;
  Office::Outcome last;
};

TEST_F(Sheets, MembersNeedTheirOrganisation) {
  EXPECT_EQ(members(member("P1", "张三", kId1, "zb 1") + member("P2", "李四", "", "一支部")), "");
  EXPECT_EQ(members(member("P3", "王五", "", "ZB9")), "2 organisation_missing@组织代码\n");
  EXPECT_EQ(members(member("P3", "王五", "", "机关支部")), "2 organisation_ambiguous@组织代码\n");
  EXPECT_EQ(members("P3,王五,,男,2010-01-01,正式,ZB9,2001-07-01,\n"),
            "2 date_order@入党日期 under_age@入党日期 organisation_missing@组织代码\n")
      << "together";
  EXPECT_EQ(members("P3,王五,9.90E+17,男,,正式,ZB9,2001-02-30,\n"),
            "2 id_digits_lost@公民身份号码\n")
      << "stands alone";
  EXPECT_EQ(members("P3,王五,110105194912310021,女,1950-01-01,正式,ZB9,1951-07-01,\n"),
            "2 id_check_digit@公民身份号码 under_age@入党日期 organisation_missing@组织代码\n")
      << "nothing else is checked against it";
}

TEST_F(Sheets, AKeyCountsOnceInASheet) {
  EXPECT_EQ(members(member("P1", "张三", kId1) + member("P2", "张叁", kId1, "ZB9") +
                    member("P3", "李四", "") + member("p 3", "李四二", "")),
            "3 duplicate_in_file@公民身份号码\n5 duplicate_in_file@人员编号\n");
  EXPECT_EQ(last.said.arguments.at("s.csv:5"), (Arguments{{"value", "p3"}, {"first", "4"}}));
  EXPECT_EQ(members(member("P4", "王五", kId2, "ZB9") + member("P4", "王五", kId2) +
                    member("P4", "王五", kId2)),
            "2 organisation_missing@组织代码\n4 duplicate_in_file@公民身份号码\n")
      << "the first acceptable row stands";
  EXPECT_EQ(members("P5,孙六,110105194912310021,,,正式,ZB1,1970-07-01,\n"
                    "P5,孙六,110105194912310021,,,正式,ZB1,1970-07-01,\n"),
            "2 id_check_digit@公民身份号码\n3 id_check_digit@公民身份号码\n");
}

TEST_F(Sheets, ANumberIsOneCitizenIds) {
  EXPECT_EQ(members(member("P1", "张三", kId1) + member("P1", "李四", kId2)),
            "3 number_conflict@人员编号\n")
      << "within the sheet";
  EXPECT_EQ(members(member("p1", "李四", kId2)), "2 number_conflict@人员编号\n")
      << "against the store";
  EXPECT_EQ(members(member("P2", "李四", kId2, "ZB9") + member("P2", "王五", kId3)),
            "2 organisation_missing@组织代码\n")
      << "a refused row holds nothing";
  EXPECT_EQ(members(member("P1", "李四", kId2, "ZB9")),
            "2 organisation_missing@组织代码 number_conflict@人员编号\n")
      << "together";
}

TEST_F(Sheets, ANumberWithoutIdTakesOneLater) {
  EXPECT_EQ(members(member("P1", "张三", "")), "");
  EXPECT_EQ(members(member("P1", "张三", kId1)), "") << "the id was not known before";
  EXPECT_EQ(office.count("registry_person"), 1);
  EXPECT_EQ(members(member("P1", "张三", "")), "") << "an empty cell says nothing";
  EXPECT_EQ(last.counts(), "s.csv 1 1 0 0\n") << "sex and birth differ from the id's";
  EXPECT_EQ(members(member("", "张三", kId1)), "");
  EXPECT_EQ(office.rows("select number from registry_person"), "P1\n");
}

TEST_F(Sheets, PersonsWithoutIdAndNumberAreToldApartByTheirOrder) {
  const std::string two = member("", "张三", "") + member("", "张三", "");
  EXPECT_EQ(members(two), "");
  EXPECT_EQ(office.count("registry_person"), 2);
  EXPECT_EQ(members(two), "");
  EXPECT_EQ(last.counts(), "s.csv 2 2 0 2\n");
  EXPECT_EQ(members(two + member("", "张三", "")), "");
  EXPECT_EQ(last.counts(), "s.csv 3 3 0 2\n");
  EXPECT_EQ(office.count("registry_person"), 3);
  EXPECT_EQ(office.rows("select distinct reason from registry_duplicate"), "name_birth\n");
}

TEST_F(Sheets, PostsNeedTheirPerson) {
  members(member("P1", "张三", kId1) + member("P2", "李四", kId2) + member("P3", "王五", ""));
  const std::string head = "人员编号,公民身份号码,组织代码,职务,任职日期,免职日期\n";
  const std::string id1 = kId1;
  EXPECT_EQ(refusals(head + "P1,,ZB1,书记,2024-01-01,\n," + id1 + ",ZB1,委员,2024-01-01,\n" +
                     "P1," + id1 + ",ZB1,副书记,2024-01-01,\n"),
            "");
  EXPECT_EQ(refusals(head + "P9,,ZB1,书记,2024-01-01,\n"), "2 person_missing@人员编号\n");
  EXPECT_EQ(refusals(head + "," + kId3 + ",ZB1,书记,2024-01-01,\n"),
            "2 person_missing@公民身份号码\n");
  EXPECT_EQ(refusals(head + "P2," + id1 + ",ZB1,书记,2024-01-01,\n"), "2 person_missing@人员编号\n")
      << "number and id disagree";
  EXPECT_EQ(refusals(head + "P9,,ZB9,书记,2024-02-30,\n"),
            "2 date_invalid@任职日期 organisation_missing@组织代码 person_missing@人员编号\n")
      << "together";
  EXPECT_EQ(refusals(head + "P9,110105194912310021,ZB1,书记,2024-01-01,\n"),
            "2 id_check_digit@公民身份号码\n")
      << "nor is the person looked up";
}

TEST_F(Sheets, PostsAreKeyedByWhoWhereWhatAndWhen) {
  members(member("P1", "张三", kId1));
  const std::string head = "人员编号,公民身份号码,组织代码,职务,任职日期,免职日期\n";
  const std::string id1 = kId1;
  EXPECT_EQ(
      refusals(head + "P1,,ZB1,书记,2024-01-01,\n," + id1 + ",一支部,书记,2024.1.1,2025-01-01\n" +
               "P1,,ZB1,书记,2024-01-02,\nP1,,ZB1,委员,2024-01-01,\n"),
      "3 duplicate_in_file@公民身份号码\n");
  EXPECT_EQ(refusals(head + "P1,,ZB2,书记,2024-01-01,2023-01-01\nP1,,ZB2,书记,2024-01-01,\n"),
            "2 date_order@免职日期\n");
}

TEST_F(Sheets, ActivitiesKeepUnknownParticipantsAsText) {
  members(member("P1", "张三", kId1) + member("P2", "李四", "") + member("P3", "李四", "", "ZB1") +
          member("P4", "王五", "", "ZB2"));
  const std::string head = "组织代码,活动类别,日期,主题,参加人\n";
  EXPECT_EQ(refusals(head + "ZB1,党课,2026-01-10,学习,P2、张三;李四 王五,周九\n"), "");
  EXPECT_EQ(last.notices(),
            "s.csv:2 participant_unknown@参加人\ns.csv:2 participant_ambiguous@参加人\n");
  EXPECT_EQ(office.rows("select others from orglife_activity"), "李四、王五\n")
      << "the comma ended the cell; the rest is an unknown column";
  EXPECT_EQ(office.rows("select count(*) from orglife_attendance"), "2\n");
  EXPECT_EQ(refusals(head + "ZB1,党课,2026-01-10,学习,P1\n一支部,党课,2026-01-10,学习,P1\n"
                            "ZB1,党课,2026-01-10,,P1\nZB9,党课,2026-01-10,,P1\n"),
            "3 duplicate_in_file@组织代码\n5 organisation_missing@组织代码\n");
}

TEST_F(Sheets, PaymentsAreKeyedWhole) {
  members(member("P1", "张三", kId1) + member("P2", "李四", ""));
  const std::string head = "人员编号,公民身份号码,所属月份,金额,缴纳日期\n";
  const std::string id1 = kId1;
  EXPECT_EQ(
      refusals(head + "P1,,2026-01,10,\n," + id1 + ",202601,10.00,\nP1,,2026-01,10,2026-01-05\n" +
               "P1,,2026-02,10,\nP2,,2026-01,10,\n"),
      "3 duplicate_in_file@公民身份号码\n");
  EXPECT_EQ(refusals(head + "P9,,2026-13,-1,\n"),
            "2 date_invalid@所属月份 amount_invalid@金额 person_missing@人员编号\n");
}

TEST_F(Sheets, EmptyCellsSayNothingAndRanksDecide) {
  const std::string head =
      "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期,学历,工作岗位,手机\n";
  office.write("a.csv", head + "P1,张三,男,1980-01-01,正式,ZB1,2001-07-01,大学,工人,\n");
  office.write("b.csv", head + "P1,张三,男,1980-01-01,正式,ZB1,2001-07-01,研究生,,13900000001\n");
  const auto value = [&] {
    return office.rows("select education, occupation <> '', phone is null from registry_person");
  };
  office.import({"a.csv"}, {.source = "low", .rank = 40});
  const std::string low = value();
  office.import({"b.csv"}, {.source = "high", .rank = 90});
  const std::string high = value();
  EXPECT_NE(high, low);
  EXPECT_EQ(high.substr(high.find('|')), "|1|0\n");
  EXPECT_EQ(office.rows("select count(*) from registry_conflict where field = 'education'"), "1\n");
  office.import({"a.csv"}, {.source = "low", .rank = {}});
  EXPECT_EQ(value(), high);
  EXPECT_EQ(office.count("registry_conflict"), 1) << "the same value is kept beside it once";
}

TEST_F(Sheets, DoubtsComeAndGo) {
  const auto doubts = [&] {
    return office.rows(
        "select coalesce(o.code, p.number), d.rows from intake_doubt d"
        " left join registry_organisation o on o.id = d.subject"
        " left join registry_person p on p.id = d.subject order by 1");
  };
  members(member("P1", "张三", kId1));
  EXPECT_EQ(doubts(), "");
  members("P1,张三,,男,1980-01-01,正式,ZB1,2001-02-30,\n" + member("P1", "张三", "", "ZB9"));
  EXPECT_EQ(doubts(), "P1|2\nZB1|1\n");
  refusals("人员编号,所属月份,金额\nP1,2026-01,10\n");
  EXPECT_EQ(doubts(), "ZB1|1\n") << "the last import that spoke of the person";
  members(member("P1", "张三", kId1));
  EXPECT_EQ(doubts(), "");
}

}  // namespace
}  // namespace jishi::intake
