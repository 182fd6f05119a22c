#include <fstream>

#include "modules/intake/import/office_for_test.hpp"
#include "platform/sheets/sheets.hpp"
#include "platform/sheets/writer.hpp"

namespace jishi::intake {
namespace {

using testing::Office;

using Texts = std::vector<std::string>;

std::vector<Texts> read_back(const std::filesystem::path& path) {
  auto workbook = std::move(*sheets::open(path));
  std::vector<Texts> rows;
  for (const auto& sheet : workbook->sheets()) {
    rows.push_back({"#" + sheet.name.value_or("")});
    EXPECT_TRUE(sheets::read_rows(*workbook, sheet.index, [&](auto, auto cells) {
      Texts texts;
      for (const auto& cell : cells) texts.emplace_back(cell.text);
      rows.push_back(texts);
      return true;
    }));
  }
  return rows;
}

// Writes the refused rows out again with some texts replaced: a person's corrections.
void correct(const std::filesystem::path& from, const std::filesystem::path& to,
             const std::map<std::string, std::string>& corrections) {
  auto writer = std::move(*sheets::write_xlsx(to));
  bool head = false;
  for (const Texts& row : read_back(from)) {
    if (row.size() == 1 && row[0].starts_with('#')) {
      head = true;
      continue;
    }
    std::vector<sheets::Column> columns;
    std::vector<sheets::Value> values;
    for (const std::string& text : row) {
      const auto corrected = corrections.find(text);
      columns.push_back({text});
      values.emplace_back(
          std::string_view(corrected == corrections.end() ? text : corrected->second));
    }
    const auto done = head ? writer->begin_sheet("表", columns) : writer->row(values);
    EXPECT_TRUE(done);
    head = false;
  }
  EXPECT_TRUE(writer->finish());
}

constexpr const char* kOrganisations = "组织代码,组织名称,组织类别\nZB1,一支部,支部\n";

TEST(RefusedRows, AreWrittenInTheirShapeAndAcceptedOnceCorrected) {
  Office office;
  office.write("org.csv", kOrganisations);
  office.write("members.csv",
               "党员名册,,,,,,\n"
               "序号,人员编号,姓 名*,身份证号,人员类别,组织代码,入党日期(年/月/日),备用\n"
               "1,2024-3-5,张三,110105194912310021,223_正式党员,ZB1,1970.7.1,旧\n"
               "2,P2,李四,11010519491231002X,正式,ZB1,1970-02-30,\n"
               "3,00012,王五,,正式,ZB7,,\n");
  const auto first = office.import({"org.csv", "members.csv"});
  ASSERT_EQ(first.refusals(),
            "members.csv:3 id_check_digit@公民身份号码\n"
            "members.csv:4 date_invalid@入党日期\n"
            "members.csv:5 required_missing@入党日期 organisation_missing@组织代码\n");

  for (const char* file : {"refused.xlsx", "refused.csv"}) {
    const auto out = office.path(file);
    const auto written = write_refused(office.store(), first.report->batch, out, Language::zh);
    ASSERT_TRUE(written) << written.error().code;
    EXPECT_EQ(*written, 3);
    const auto rows = read_back(out);
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[1], (Texts{"序号", "人员编号", "姓名*", "身份证号", "人员类别", "组织代码",
                              "入党日期(年/月/日)", "备用", "原因"}));
    EXPECT_EQ(rows[2][1], "2024-3-5");
    EXPECT_EQ(rows[2][4], "223_正式党员");
    EXPECT_EQ(rows[2][7], "旧");
    EXPECT_NE(rows[2][8].find("公民身份号码“110*************21”"), std::string::npos) << rows[2][8];
    EXPECT_EQ(rows[4][1], "00012");
    EXPECT_NE(rows[4][8].find('\n'), std::string::npos);
    EXPECT_NE(rows[4][8].find("ZB7"), std::string::npos);
  }

  correct(
      office.path("refused.xlsx"), office.path("corrected.xlsx"),
      {{"110105194912310021", "110105194912310038"}, {"1970-02-30", "1970-02-28"}, {"ZB7", "ZB1"}});
  const auto second = office.import({"corrected.xlsx"});
  EXPECT_EQ(second.refusals(), "corrected.xlsx:4 required_missing@入党日期\n")
      << "the third was corrected in part";
  EXPECT_EQ(office.rows("select number, name from registry_person order by name"),
            "2024-3-5|张三\nP2|李四\n");

  // Refused again: the column of reasons is written anew, not a second time.
  const auto again = office.path("again.xlsx");
  ASSERT_TRUE(write_refused(office.store(), second.report->batch, again, Language::en));
  const auto rows = read_back(again);
  EXPECT_EQ(rows[1].size(), 9U);
  EXPECT_NE(rows[2][8].find("required"), std::string::npos);
}

TEST(RefusedRows, NumbersAndDatesSurvive) {
  Office office;
  office.write("org.csv", kOrganisations);
  {
    auto writer = std::move(*sheets::write_xlsx(office.path("members.xlsx")));
    const std::vector<sheets::Column> columns = {{"人员编号"}, {"姓名"},     {"性别"},
                                                 {"出生日期"}, {"人员类别"}, {"组织代码"},
                                                 {"入党日期"}, {"手机"}};
    ASSERT_TRUE(writer->begin_sheet("名册", columns));
    const std::vector<sheets::Value> row = {std::int64_t{330106001001}, std::string_view("张三"),
                                            std::string_view("男"),     29221.0,
                                            std::string_view("正式"),   std::string_view("ZB9"),
                                            Office::day(2001, 7, 1),    std::int64_t{13900000001}};
    ASSERT_TRUE(writer->row(row));
    ASSERT_TRUE(writer->finish());
  }
  const auto first = office.import({"org.csv", "members.xlsx"});
  ASSERT_EQ(first.refusals(), "members.xlsx:2 organisation_missing@组织代码\n");
  for (const char* file : {"refused.xlsx", "refused.csv"}) {
    ASSERT_TRUE(
        write_refused(office.store(), first.report->batch, office.path(file), Language::zh));
    const auto rows = read_back(office.path(file));
    EXPECT_EQ(rows[2][0], "330106001001");
    EXPECT_EQ(rows[2][3], "1980-01-01");
    EXPECT_EQ(rows[2][6], "2001-07-01");
  }
  // The organisation comes later; the rows as they are.
  office.write("org9.csv", "组织代码,组织名称,组织类别\nZB9,九支部,支部\n");
  const auto second = office.import({"org9.csv", "refused.xlsx"});
  EXPECT_EQ(second.refusals(), "");
  EXPECT_EQ(office.import({"members.xlsx"}).counts(), "members.xlsx 1 1 0 1\n");
}

TEST(RefusedRows, SaysWhatItCannotWrite) {
  Office office;
  office.write("org.csv", kOrganisations);
  office.write("org_bad.csv", "组织代码,组织名称,组织类别\nZB2,二支部,分会\n");
  const auto clean = office.import({"org.csv"});
  EXPECT_EQ(write_refused(office.store(), clean.report->batch, office.path("r.csv"), Language::zh)
                .error()
                .code,
            "intake.nothing_refused");
  EXPECT_EQ(write_refused(office.store(), 5, office.path("r.csv"), Language::zh).error().code,
            "intake.batch_missing");
  office.write("dues.csv", "人员编号,所属月份,金额\nP9,2026-01,10\n");
  const auto two = office.import({"org_bad.csv", "dues.csv"});
  EXPECT_EQ(write_refused(office.store(), two.report->batch, office.path("r.csv"), Language::zh)
                .error()
                .code,
            "intake.csv_one_sheet");
  ASSERT_TRUE(
      write_refused(office.store(), two.report->batch, office.path("r.xlsx"), Language::zh));
  const auto rows = read_back(office.path("r.xlsx"));
  EXPECT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[3], (Texts{"#org_bad.csv"}));
}

}  // namespace
}  // namespace jishi::intake
