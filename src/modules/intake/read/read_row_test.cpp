#include "modules/intake/read/read_row.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "modules/intake/read/cells_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::as;
using testing::error_cell;
using testing::expect;
using testing::number_cell;
using testing::refusals;
using testing::reports;
using testing::Sheet;
using testing::text_cell;
using Texts = std::vector<std::string_view>;

// Two columns for one field, unknown columns, error cells

TEST(ReadRow, TheFirstFilledOfTwoColumnsCounts) {
  const Sheet sheet(
      {"姓名", "人员类别", "组织代码", "所在支部", "入党日期", "入党时间", "公民身份号码"});
  const auto read = [&](Texts texts) { return sheet.reader().read(sheet.row(std::move(texts))); };
  const char* const id = "11010519491231002X";

  auto row = read({"张三", "正式", "ZB1", "zb 1", "1970-07-01", "1970年7月1日", id});
  EXPECT_EQ(refusals(row) + reports(row), "");
  row = read({"张三", "正式", "—", "一支部", "", "1970-07-01", id});
  EXPECT_EQ(refusals(row) + reports(row), "");
  EXPECT_EQ(as<MemberRow>(row).organisation, "一支部");
  EXPECT_EQ(as<MemberRow>(row).joined, *make_date(1970, 7, 1));
  row = read({"张三", "正式", "ZB1", "ZB2", "1970-07-01", "1970-07-02", id});
  EXPECT_EQ(refusals(row), "");
  EXPECT_EQ(reports(row), "columns_differ@组织代码 columns_differ@入党日期");
  EXPECT_EQ(row.problems[0].arguments, (Arguments{{"column", "组织代码"},
                                                  {"value", "ZB1"},
                                                  {"other_column", "所在支部"},
                                                  {"other", "ZB2"}}));
  EXPECT_EQ(as<MemberRow>(row).organisation, "ZB1");
  // The first filled one counts, though it cannot be read.
  row = read({"张三", "正式", "ZB1", "", "x", "1970-07-01", id});
  EXPECT_EQ(refusals(row), "date_invalid@入党日期");
}

TEST(ReadRow, KeepsUnknownColumnsAsNotesAndReportsErrors) {
  const Sheet sheet({"组织名称", "组织类别", "备注", "", "面积"});
  auto cells = sheet.row({"一支部", "支部", "  老旧 小区 ", "x", "—"});
  cells.push_back(number_cell(7, "7"));
  auto read = sheet.reader().read(cells);
  EXPECT_EQ(read.notes, (decltype(read.notes){{"备注", "老旧 小区"}, {"D", "x"}, {"F", "7"}}));
  EXPECT_EQ(refusals(read) + reports(read), "");

  read =
      sheet.reader().read(sheet.row({"一支部", "支部", "", "", "#REF!"}, {{"备注", error_cell()}}));
  EXPECT_EQ(reports(read), "cell_error@备注 cell_error@面积");
  EXPECT_TRUE(read.notes.empty());
}

// Organisations, posts, activities, dues

const Texts kOrganisationHeaders = {"组织代码", "组织名称",         "上级组织代码", "组织类别",
                                    "单位名称", "统一社会信用代码", "单位类别",     "行政区划代码",
                                    "成立日期", "本届选举日期",     "任期(年)",     "延期至",
                                    "撤销日期", "联系电话"};
const Texts kOrganisation = {"ZB 001",     "某某支部",           "DW001",    "支部",
                             "某某公司",   "91110108551385082q", "非公企业", "330106",
                             "2010-01-01", "2024年1月1日",       "3年",      "",
                             "",           "0571-88888888"};

TEST(ReadOrganisation, FillsEveryField) {
  const Sheet sheet(kOrganisationHeaders);
  const auto read = sheet.reader().read(
      sheet.row(kOrganisation, {{"行政区划代码", number_cell(330106001001, "330106001001")}}));
  ASSERT_EQ(refusals(read), "");
  const auto row = as<OrganisationRow>(read);
  EXPECT_EQ(row.code, "ZB001");
  EXPECT_EQ(row.name, "某某支部");
  EXPECT_EQ(row.parent, "DW001");
  EXPECT_EQ(row.kind, "branch");
  EXPECT_EQ(row.unit_name, "某某公司");
  EXPECT_EQ(row.credit_code, "91110108551385082Q");
  EXPECT_EQ(row.unit_kind, "private_enterprise");
  EXPECT_EQ(row.division, "330106001001");
  EXPECT_EQ(row.founded, make_date(2010, 1, 1));
  EXPECT_EQ(row.elected, make_date(2024, 1, 1));
  EXPECT_EQ(row.term_years, 3);
  EXPECT_EQ(row.extended_to, std::nullopt);
  EXPECT_EQ(row.ended, std::nullopt);
  EXPECT_EQ(row.phone, "0571-88888888");
}

TEST(ReadOrganisation, RefusesForEveryReasonThatTheRowAloneShows) {
  expect(Sheet(kOrganisationHeaders), kOrganisation,
         {
             {{{"组织代码", text_cell("")}}, ""},
             {{{"组织名称", text_cell("")}}, "required_missing@组织名称"},
             {{{"组织类别", text_cell("/")}}, "required_missing@组织类别"},
             {{{"组织类别", text_cell("分会")}}, "code_unknown@组织类别"},
             {{{"组织类别", text_cell("党总支")}}, ""},
             {{{"单位类别", text_cell("民企")}}, "code_unknown@单位类别"},
             {{{"统一社会信用代码", text_cell("91110108551385082R")}},
              "credit_code_check_digit@统一社会信用代码"},
             {{{"统一社会信用代码", text_cell("无")}}, ""},
             {{{"成立日期", text_cell("2025-02-30")}}, "date_invalid@成立日期"},
             {{{"任期(年)", text_cell("11")}}, "number_invalid@任期"},
             {{{"任期(年)", text_cell("三")}}, "number_invalid@任期"},
             {{{"任期(年)", number_cell(5, "5")}}, ""},
             {{{"撤销日期", text_cell("2009-12-31")}}, "date_order@撤销日期"},
             {{{"撤销日期", text_cell("2010-01-01")}}, ""},
             {{{"单位类别", text_cell("民企")}, {"延期至", text_cell("明年")}},
              "code_unknown@单位类别 date_invalid@延期至"},
         });
}

TEST(ReadPost, ReadsAndRefuses) {
  const Texts headers = {"人员编号", "公民身份号码", "组织代码", "职务", "任职日期", "免职日期"};
  const Texts usual = {"P001", "", "ZB001", "书记", "2024-01-01", ""};
  const Sheet sheet(headers);
  expect(sheet, usual,
         {
             {{{"人员编号", text_cell("")}}, "required_missing@人员编号"},
             {{{"人员编号", text_cell("")}, {"公民身份号码", text_cell("11010519491231002x")}}, ""},
             {{{"公民身份号码", text_cell("110105194912310021")}}, "id_check_digit@公民身份号码"},
             {{{"公民身份号码", text_cell("9.90E+17")}, {"组织代码", text_cell("")}},
              "id_digits_lost@公民身份号码"},
             {{{"组织代码", text_cell("")}}, "required_missing@组织代码"},
             {{{"职务", text_cell("")}}, "required_missing@职务"},
             {{{"任职日期", text_cell("")}}, "required_missing@任职日期"},
             {{{"任职日期", text_cell("24-1-1")}}, "date_invalid@任职日期"},
             {{{"免职日期", text_cell("2023-12-31")}}, "date_order@免职日期"},
             {{{"免职日期", text_cell("2024-01-01")}}, ""},
         });
  EXPECT_EQ(as<PostRow>(sheet.reader().read(sheet.row(usual))).title, "secretary");
  const auto other = sheet.reader().read(sheet.row(usual, {{"职务", text_cell("统战 委员")}}));
  EXPECT_EQ(as<PostRow>(other).title, "统战委员");

  const Sheet by_id({"身份证号", "组织代码", "职务", "任职日期"});
  EXPECT_EQ(refusals(by_id.reader().read(by_id.row({"", "ZB001", "书记", "2024-01-01"}))),
            "required_missing@公民身份号码");
}

TEST(ReadActivity, ReadsAndRefuses) {
  const Texts headers = {"组织代码", "活动类别", "开展日期", "所属期间", "主题",
                         "地点",     "应到",     "实到",     "参加人"};
  const Texts usual = {"ZB001",  "支部委员会", "2026-02-10", "2026年1月", "学习",
                       "会议室", "10",         "9",          "张三、P002"};
  const Sheet sheet(headers);
  expect(sheet, usual,
         {
             {{{"组织代码", text_cell("")}}, "required_missing@组织代码"},
             {{{"活动类别", text_cell("")}}, "required_missing@活动类别"},
             {{{"活动类别", text_cell("团建")}}, "code_unknown@活动类别"},
             {{{"开展日期", text_cell("")}}, "required_missing@日期"},
             {{{"开展日期", text_cell("2026-02")}}, "date_invalid@日期"},
             {{{"所属期间", text_cell("2026Q5")}}, "date_invalid@所属期间"},
             {{{"所属期间", text_cell("2026Q1")}}, ""},
             {{{"应到", text_cell("10人")}}, "number_invalid@应到"},
             {{{"实到", number_cell(8.5, "8.5")}}, "number_invalid@实到"},
             {{{"应到", text_cell("")}, {"实到", text_cell("—")}}, ""},
         });
  const auto row = as<ActivityRow>(sheet.reader().read(sheet.row(usual)));
  EXPECT_EQ(row.kind, "committee_meeting");
  EXPECT_EQ(row.held_on, *make_date(2026, 2, 10));
  EXPECT_EQ(row.period, (Period{PeriodKind::month, 2026, 1}));
  EXPECT_EQ(row.due, 10);
  EXPECT_EQ(row.present, 9);
  EXPECT_EQ(row.participants, (std::vector<std::string>{"张三", "P002"}));
}

TEST(ReadPayment, ReadsAndRefuses) {
  const Texts headers = {"人员编号", "公民身份号码", "所属月份", "金额（元）", "缴纳日期"};
  const Texts usual = {"P001", "", "2026年2月", "¥1,234.5", "2026-02-10"};
  const Sheet sheet(headers);
  expect(sheet, usual,
         {
             {{{"人员编号", text_cell("")}}, "required_missing@人员编号"},
             {{{"公民身份号码", text_cell("1101051949")}}, "id_check_digit@公民身份号码"},
             {{{"所属月份", text_cell("")}}, "required_missing@所属月份"},
             {{{"所属月份", text_cell("2026-13")}}, "date_invalid@所属月份"},
             {{{"所属月份", number_cell(2026.1, "2026.1")}}, "date_invalid@所属月份"},
             {{{"金额（元）", text_cell("")}}, "required_missing@金额"},
             {{{"金额（元）", text_cell("-1")}}, "amount_invalid@金额"},
             {{{"金额（元）", text_cell("1.005")}}, "amount_invalid@金额"},
             {{{"金额（元）", text_cell("1000000.01")}}, "amount_invalid@金额"},
             {{{"金额（元）", text_cell("五元")}}, "amount_invalid@金额"},
             {{{"缴纳日期", text_cell("2026-02-30")}}, "date_invalid@缴纳日期"},
             {{{"缴纳日期", text_cell("")}}, ""},
         });
  const auto row = as<PaymentRow>(sheet.reader().read(sheet.row(usual)));
  EXPECT_EQ(row.month, month_index(2026, 2));
  EXPECT_EQ(row.amount_cents, 123450);
  EXPECT_EQ(row.paid_on, make_date(2026, 2, 10));
}

// What is passed over

TEST(UseOfRow, PassesOverWhatIsNoData) {
  const Sheet sheet({"序号", "*姓名", "人员类别", "组织代码", "入党日期(2019/10/24)"});
  const std::pair<Texts, RowUse> cases[] = {
      {{"1", "张三", "正式", "ZB1", "1970-07-01"}, RowUse::data},
      {{}, RowUse::blank},
      {{"", " ", "　"}, RowUse::blank},
      {{"—", "/", "无"}, RowUse::blank},
      {{"#N/A"}, RowUse::blank},
      {{"", "合计", "12"}, RowUse::closing},
      {{"合 计：12"}, RowUse::closing},
      {{"—", "小计"}, RowUse::closing},
      {{"总计"}, RowUse::closing},
      {{"填表人：张三"}, RowUse::closing},
      {{"制表日期：2026-03-01"}, RowUse::closing},
      {{"审核：李四"}, RowUse::closing},
      {{" 备注：以上名单属实"}, RowUse::closing},
      {{"1", "合计"}, RowUse::data},
      {{"1", "合一", "正式", "ZB1", "1970-07-01"}, RowUse::data},
      {{"序号", "姓名", "人员类别", "组织代码", "入党日期"}, RowUse::repeated_header},
      {{"序 号", "* 姓名", "人员类别", "组织代码", "入党日期(年/月/日)"}, RowUse::repeated_header},
      {{"", "姓名"}, RowUse::repeated_header},
      {{"1", "姓名", "正式"}, RowUse::data},
      {{"1"}, RowUse::blank},
  };
  for (const auto& [texts, wanted] : cases) {
    EXPECT_EQ(sheet.reader().use_of(testing::text_cells(texts)), wanted)
        << (texts.empty() ? "" : texts[0]);
  }
  EXPECT_EQ(sheet.reader().use_of(std::vector{error_cell()}), RowUse::blank);
  EXPECT_EQ(sheet.reader().use_of(std::vector{number_cell(1, "1")}), RowUse::blank);
}

RC_GTEST_PROP(ReadRowProperty, AnyCellsAreAnsweredInEveryKindOfSheet, ()) {
  const auto kind =
      *rc::gen::elementOf(std::vector<SheetKind>(std::begin(kSheetKinds), std::end(kSheetKinds)));
  Texts headers;
  for (const auto& use : columns_of(kind)) headers.push_back(header_of(use.column));
  const Sheet sheet(headers);
  const auto texts = *rc::gen::container<std::vector<std::string>>(
      headers.size(), rc::gen::element<std::string>(
                          "1949-12-31", "9.90E+17", "無", "223_", "#", "_", "：", "\xE5\xBC", "1.",
                          "-", "2026Q", "E+17", "12345678901234567890", "(", "11010519491231"));
  const auto numbers = *rc::gen::arbitrary<std::vector<double>>();
  std::vector<sheets::Cell> cells;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    cells.push_back(i < numbers.size() && i % 2 == 0 ? number_cell(numbers[i], texts[i])
                                                     : text_cell(texts[i]));
  }
  sheet.reader().use_of(cells);
  for (const auto& problem : sheet.reader().read(cells).problems)
    RC_ASSERT(column_named(kind, problem.column).has_value());
}

}  // namespace
}  // namespace jishi::intake
