#include "modules/intake/import/import.hpp"

#include <algorithm>

#include "modules/intake/import/kept_cells.hpp"
#include "modules/intake/import/office_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::Office;

const std::vector<std::string> kFiles = {"a_dues.csv", "b_posts.csv", "c_activities.csv",
                                         "d_members.csv", "e_org.csv"};

void write_all(const Office& office) {
  office.write("e_org.csv",
               "组织代码,组织名称,上级组织代码,组织类别\nZB1,一支部,DW1,支部\nDW1,党委,,党委\n"
               "ZB2,二支部,X,支部\n");
  office.write("d_members.csv",
               "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期\n"
               "P1,张三,男,1980-01-01,正式,ZB1,2001-07-01\n"
               "P2,李四,男,1980-01-01,正式,ZB2,2001-07-01\n"
               "P3,李五,男,1980-01-01,正式,ZB1,2001-02-30\n");
  office.write("c_activities.csv",
               "组织代码,活动类别,日期,参加人\nZB1,党课,2026-01-10,张三、周九\n");
  office.write("b_posts.csv",
               "人员编号,组织代码,职务,任职日期\nP1,ZB1,书记,2024-01-01\nP2,ZB1,委员,2024-01-01\n");
  office.write("a_dues.csv", "人员编号,所属月份,金额\nP1,2026-01,10\nP3,2026-01,10\n");
}

constexpr const char* kRefusals =
    "a_dues.csv:3 person_missing@人员编号\n"
    "b_posts.csv:3 person_missing@人员编号\n"
    "d_members.csv:3 organisation_missing@组织代码\n"
    "d_members.csv:4 date_invalid@入党日期\n"
    "e_org.csv:4 parent_missing@上级组织代码\n";

TEST(Import, TheOrderOfFilesDoesNotMatter) {
  std::vector<std::string> files = kFiles;
  std::string contents;
  do {
    Office office;
    write_all(office);
    const auto outcome = office.import(files);
    ASSERT_EQ(outcome.refusals(), kRefusals);
    if (contents.empty()) contents = office.contents();
    ASSERT_EQ(office.contents(), contents);
    std::next_permutation(files.begin(), files.end());
    std::reverse(files.begin(), files.end());
  } while (files != kFiles && files.front() != "a_dues.csv");
}

TEST(Import, TwiceChangesNothing) {
  Office office;
  write_all(office);
  const auto first = office.import(kFiles);
  EXPECT_TRUE(first.report->changed);
  EXPECT_FALSE(first.report->clean());
  const std::string contents = office.contents();
  const auto second = office.import(kFiles);
  EXPECT_EQ(second.refusals(), kRefusals);
  for (const SheetReport& sheet : second.report->sheets)
    EXPECT_EQ(sheet.unchanged, sheet.accepted) << sheet.file;
  EXPECT_EQ(office.rows("select count(*) from registry_field"), "0\n");
  EXPECT_EQ(office.count("registry_conflict"), 0);
  EXPECT_EQ(office.count("registry_person"), 1);
}

TEST(Import, ADryRunSaysTheSameAndLeavesNothing) {
  Office office;
  write_all(office);
  const std::string before = office.contents();
  const auto dry = office.import(kFiles, {.source = "new source", .rank = 70, .dry_run = true});
  EXPECT_EQ(office.contents(), before);
  for (const char* table : {"ledger_fact", "intake_batch", "registry_source", "registry_person"})
    EXPECT_EQ(office.count(table), 0) << table;
  const auto real = office.import(kFiles, {.source = "new source", .rank = 70});
  EXPECT_EQ(dry.refusals(), real.refusals());
  EXPECT_EQ(dry.counts(), real.counts());
  EXPECT_EQ(dry.notices(), real.notices());
  EXPECT_EQ(dry.report->changed, real.report->changed);
}

TEST(Import, ACancelledOneLeavesNothing) {
  Office office;
  write_all(office);
  const auto cancelled =
      office.import(kFiles, {.source = "s", .rank = {}, .dry_run = false, .cancelled = true});
  ASSERT_FALSE(cancelled.report);
  EXPECT_EQ(cancelled.report.error().code, "intake.cancelled");
  EXPECT_EQ(office.count("ledger_fact"), 0);
  EXPECT_EQ(office.count("registry_source"), 0);
  EXPECT_EQ(office.import(kFiles).refusals(), kRefusals);
}

TEST(Import, ACodeIsToldOnceARow) {
  Office office;
  office.write("m.csv",
               "人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期,转正日期\n"
               "P1,,,1980-01-01,,ZB1,x,y\n");
  EXPECT_EQ(office.import({"m.csv"}).refusals(),
            "m.csv:2 required_missing@姓名 date_invalid@入党日期 organisation_missing@组织代码\n");
}

TEST(Import, RowsThatOnlyCountAreBlank) {
  Office office;
  office.write(
      "o.csv",
      "序号,组织代码,组织名称,组织类别,附注\n1,A,甲,党委,\n2,,,,\n3,,,,见附件\n合计,,,,\n");
  EXPECT_EQ(office.import({"o.csv"}).counts(), "o.csv 1 1 0 0\n");
}

TEST(Import, TheSameMemberInTwoFilesIsOnePerson) {
  Office office;
  office.write("o.csv", "组织代码,组织名称,组织类别\nZB1,一支部,支部\n");
  const std::string head = "人员编号,姓名,公民身份号码,人员类别,组织代码,入党日期,学历\n";
  office.write("a.csv", head + "P1,张三,11010519491231002X,正式,ZB1,1970-07-01,\n");
  office.write("b.csv", head + ",张叁,11010519491231002x,正式,ZB1,1970-07-01,大学\n");
  const auto outcome = office.import({"o.csv", "b.csv", "a.csv"});
  EXPECT_EQ(outcome.counts(), "a.csv 1 1 0 0\nb.csv 1 1 0 0\no.csv 1 1 0 0\n");
  EXPECT_EQ(office.rows("select name, education <> '' from registry_person"), "张三|1\n");
  EXPECT_EQ(office.rows("select field from registry_conflict"), "name\n");
  EXPECT_EQ(office.import({"o.csv", "b.csv", "a.csv"}).counts(),
            "a.csv 1 1 0 1\nb.csv 1 1 0 1\no.csv 1 1 0 1\n");
}

TEST(Import, AFileThatCannotBeReadKeepsNothing) {
  Office office;
  write_all(office);
  const auto missing = office.import({"e_org.csv", "none.csv"});
  ASSERT_FALSE(missing.report);
  EXPECT_EQ(office.count("ledger_fact"), 0);
  EXPECT_EQ(office.import({}).report.error().code, "intake.no_files");
}

TEST(KeptCells, ComeBackAsTheyWere) {
  using sheets::Cell;
  std::vector<Cell> cells(7);
  cells[0].kind = Cell::Kind::text;
  cells[0].text = "2024-3-5";
  cells[2].kind = Cell::Kind::number;
  cells[2].text = "45000.5";
  cells[2].number = 45000.5;
  cells[3].kind = Cell::Kind::date;
  cells[3].text = "2024-03-05 13:20:00";
  cells[3].date = Office::day(2024, 3, 5);
  cells[4].kind = Cell::Kind::boolean;
  cells[4].text = "TRUE";
  cells[4].number = 1;
  cells[5].kind = Cell::Kind::error;
  cells[5].text = "#N/A";
  cells[6].kind = Cell::Kind::text;
  cells[6].text =
      "\x01\x1f"
      "x";
  const KeptCells kept(keep_cells(cells));
  ASSERT_EQ(kept.cells().size(), cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_EQ(kept.cells()[i].kind, cells[i].kind) << i;
    EXPECT_EQ(kept.cells()[i].number, cells[i].number) << i;
    EXPECT_EQ(kept.cells()[i].date, cells[i].date) << i;
    const auto text = i == 6 ? "  x" : cells[i].text;  // signs of our own are blanks
    EXPECT_EQ(kept.cells()[i].text, text) << i;
  }
}

}  // namespace
}  // namespace jishi::intake
