#include <gtest/gtest.h>

#include "modules/intake/read/cells_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::as;
using testing::date_cell;
using testing::error_cell;
using testing::expect;
using testing::number_cell;
using testing::refusals;
using testing::reports;
using testing::Sheet;
using testing::text_cell;
using Changes = Sheet::Changes;
using Texts = std::vector<std::string_view>;

const Texts kMemberHeaders = {"序号",     "人员编号", "姓名",         "公民身份号码", "性别",
                              "民族",     "出生日期", "学历",         "人员类别",     "组织代码",
                              "入党日期", "转正日期", "预备期延长至", "工作岗位",     "手机号码",
                              "家庭住址", "党籍状态", "失联日期",     "流动开始日期"};
const Texts kMember = {"1",
                       "P001",
                       "张三",
                       "11010519491231002X",
                       "女",
                       "868_汉族",
                       "1949-12-31",
                       "大专",
                       "223_正式党员",
                       "ZB001",
                       "1970-07-01",
                       "1971-07-01",
                       "",
                       "退休",
                       "139 0000 0001",
                       "文三路1号",
                       "",
                       "无",
                       "—"};

TEST(ReadMember, FillsEveryField) {
  const Sheet sheet(kMemberHeaders);
  const auto read = sheet.reader().read(sheet.row(kMember));
  ASSERT_EQ(refusals(read), "");
  const auto row = as<MemberRow>(read);
  EXPECT_EQ(row.number, "P001");
  EXPECT_EQ(row.name, "张三");
  EXPECT_EQ(row.citizen_id, "11010519491231002X");
  EXPECT_EQ(row.sex, "female");
  EXPECT_EQ(row.ethnic, "01");
  EXPECT_EQ(row.birth, BirthDate{*make_date(1949, 12, 31)});
  EXPECT_EQ(row.education, "31");
  EXPECT_EQ(row.stage, "full");
  EXPECT_EQ(row.organisation, "ZB001");
  EXPECT_EQ(row.joined, *make_date(1970, 7, 1));
  EXPECT_EQ(row.confirmed, make_date(1971, 7, 1));
  EXPECT_EQ(row.occupation, "retired");
  EXPECT_EQ(row.phone, "13900000001");
  EXPECT_EQ(row.address, "文三路1号");
  EXPECT_EQ(row.status, "");
  EXPECT_EQ(row.lost_since, std::nullopt);
  EXPECT_EQ(row.floating_since, std::nullopt);
  EXPECT_EQ(read.notes, (decltype(read.notes){{"序号", "1"}}));
}

TEST(ReadMember, AcceptsWhatPeopleType) {
  expect(Sheet(kMemberHeaders), kMember,
         {
             {{{"公民身份号码", text_cell("11010519491231002x")}}, ""},
             {{{"公民身份号码", text_cell(" 110105 19491231 002Ｘ")}}, ""},
             {{{"公民身份号码", text_cell("")}}, ""},
             {{{"公民身份号码", text_cell("/")}}, ""},
             {{{"性别", text_cell("")}}, ""},
             {{{"性别", number_cell(2, "2")}}, ""},
             {{{"性别", text_cell("未知")}}, ""},
             {{{"性别", number_cell(9, "9")}}, ""},
             {{{"出生日期", text_cell("1949-12")}}, ""},
             {{{"出生日期", text_cell("")}}, ""},
             {{{"出生日期", number_cell(18263, "18263")}}, ""},
             {{{"出生日期", date_cell(1949, 12, 31, "1949-12-31")}}, ""},
             {{{"人员类别", text_cell("正式")}}, ""},
             {{{"人员类别", text_cell("预 备")}}, ""},
             {{{"民族", text_cell("某族")}}, ""},
             {{{"学历", text_cell("自学")}}, ""},
             {{{"转正日期", text_cell("")}}, ""},
             {{{"转正日期", text_cell("1970-07-01")}}, ""},
             {{{"转正日期", text_cell("2026-03-01")}}, ""},
             {{{"党籍状态", text_cell("出党")}}, ""},
             {{{"人员编号", text_cell("")}}, ""},
         });
}

TEST(ReadMember, RefusesForEveryReasonThatTheRowAloneShows) {
  expect(Sheet(kMemberHeaders), kMember,
         {
             {{{"姓名", text_cell("—")}}, "required_missing@姓名"},
             {{{"姓名", error_cell()}}, "required_missing@姓名"},
             {{{"人员类别", text_cell("")}}, "required_missing@人员类别"},
             {{{"组织代码", text_cell(" ")}}, "required_missing@组织代码"},
             {{{"入党日期", text_cell("无")}}, "required_missing@入党日期"},
             {{{"公民身份号码", text_cell("")}, {"性别", text_cell("")}},
              "required_missing@公民身份号码"},
             {{{"公民身份号码", text_cell("")}, {"出生日期", text_cell("")}},
              "required_missing@公民身份号码"},
             {{{"姓名", text_cell("")}, {"组织代码", text_cell("")}},
              "required_missing@姓名 required_missing@组织代码"},
             {{{"入党日期", text_cell("70-7-1")}}, "date_invalid@入党日期"},
             {{{"入党日期", text_cell("1970-07")}}, "date_invalid@入党日期"},
             {{{"转正日期", text_cell("1971-02-30")}}, "date_invalid@转正日期"},
             {{{"出生日期", text_cell("1949")}}, "date_invalid@出生日期"},
             {{{"失联日期", text_cell("不详")}}, "date_invalid@失联日期"},
             {{{"公民身份号码", text_cell("")}, {"出生日期", text_cell("1949-13")}},
              "date_invalid@出生日期"},
             {{{"人员类别", text_cell("积极分子")}}, "code_unknown@人员类别"},
             {{{"党籍状态", text_cell("normal")}}, "code_unknown@党籍状态"},
             {{{"性别", text_cell("男性")}}, "code_unknown@性别"},
             {{{"性别", text_cell("3")}}, "code_unknown@性别"},
             {{{"公民身份号码", text_cell("110105194912310021")}}, "id_check_digit@公民身份号码"},
             {{{"公民身份号码", text_cell("110105491231002")}}, "id_check_digit@公民身份号码"},
             {{{"性别", text_cell("男")}}, "id_sex_mismatch@性别"},
             {{{"出生日期", text_cell("1949-12-30")}}, "id_birth_mismatch@出生日期"},
             {{{"出生日期", text_cell("1949-11")}}, "id_birth_mismatch@出生日期"},
         });
}

TEST(ReadMember, HoldsDatesAgainstEachOther) {
  expect(Sheet(kMemberHeaders), kMember,
         {
             {{{"转正日期", text_cell("1970-06-30")}}, "date_order@转正日期"},
             {{{"转正日期", text_cell("2026-03-02")}}, "date_order@转正日期"},
             {{{"入党日期", text_cell("2026-03-02")}, {"转正日期", text_cell("")}},
              "date_order@入党日期"},
             {{{"入党日期", text_cell("2026-03-02")}, {"转正日期", text_cell("2026-03-03")}},
              "date_order@转正日期"},
             {{{"入党日期", text_cell("1967-12-30")}}, "under_age@入党日期"},
             {{{"入党日期", text_cell("1967-12-31")}}, ""},
             {{{"入党日期", text_cell("1949-12-31")}}, "date_order@入党日期 under_age@入党日期"},
             // The id's birth date counts.
             {{{"入党日期", text_cell("1967-12-30")}, {"出生日期", text_cell("1949-01-01")}},
              "id_birth_mismatch@出生日期 under_age@入党日期"},
             // A month goes as far as it goes.
             {{{"公民身份号码", text_cell("")},
               {"出生日期", text_cell("1952-07")},
               {"入党日期", text_cell("1970-07-01")}},
              ""},
             {{{"公民身份号码", text_cell("")},
               {"出生日期", text_cell("1952-08")},
               {"入党日期", text_cell("1970-07-01")}},
              "under_age@入党日期"},
             // Born on 29 February: eighteen on 28 February.
             {{{"公民身份号码", text_cell("")},
               {"出生日期", text_cell("1952-02-29")},
               {"入党日期", text_cell("1970-02-28")}},
              ""},
         });
}

TEST(ReadMember, NothingIsHeldAgainstAWrongId) {
  // Another birth and another sex than in the id, whose check digit is wrong.
  expect(Sheet(kMemberHeaders), kMember,
         {
             {{{"公民身份号码", text_cell("110105194912310021")},
               {"出生日期", text_cell("1950-01-01")},
               {"性别", text_cell("男")}},
              "id_check_digit@公民身份号码"},
             // What has nothing to do with the id is still checked.
             {{{"公民身份号码", text_cell("110105194912310021")}, {"姓名", text_cell("")}},
              "required_missing@姓名 id_check_digit@公民身份号码"},
             {{{"公民身份号码", text_cell("110105194912310021")},
               {"出生日期", text_cell("1960-01-01")}},
              "id_check_digit@公民身份号码 under_age@入党日期"},
         });
}

TEST(ReadMember, LostDigitsStandAlone) {
  const Sheet sheet(kMemberHeaders);
  const auto lost = number_cell(1.10105194912310e17, "1.1010519491231E+17");
  expect(sheet, kMember,
         {
             {{{"公民身份号码", lost}}, "id_digits_lost@公民身份号码"},
             {{{"公民身份号码", text_cell("9.90E+17")}, {"性别", text_cell("男")}},
              "id_digits_lost@公民身份号码"},
             {{{"公民身份号码", lost},
               {"姓名", text_cell("")},
               {"入党日期", text_cell("1949")},
               {"人员类别", text_cell("群众")}},
              "id_digits_lost@公民身份号码"},
         });
  const auto read =
      sheet.reader().read(sheet.row(kMember, {{"公民身份号码", lost}, {"学历", error_cell()}}));
  EXPECT_EQ(reports(read), "cell_error@学历");
}

TEST(ReadMember, IsFilledAsFarAsReadableWhenRefused) {
  const Sheet sheet(kMemberHeaders);
  const auto read = sheet.reader().read(sheet.row(
      kMember, {{"公民身份号码", text_cell("110105194912310021")}, {"入党日期", text_cell("x")}}));
  ASSERT_TRUE(read.refused());
  const auto row = as<MemberRow>(read);
  EXPECT_EQ(row.number, "P001");
  EXPECT_EQ(row.name, "张三");
  EXPECT_EQ(row.citizen_id, "110105194912310021");
  EXPECT_EQ(row.organisation, "ZB001");
  EXPECT_EQ(row.stage, "full");
}

TEST(ReadMember, TakesBirthAndSexFromTheId) {
  const Sheet sheet(kMemberHeaders);
  for (const auto* sex : {"", "未知", "0"}) {
    const auto read = sheet.reader().read(
        sheet.row(kMember, {{"性别", text_cell(sex)}, {"出生日期", text_cell("1949-12")}}));
    const auto row = as<MemberRow>(read);
    EXPECT_EQ(row.sex, "female") << sex;
    EXPECT_EQ(row.birth, BirthDate{*make_date(1949, 12, 31)});
  }
}

TEST(ReadMember, ProblemsShowTheCellButNoPersonalNumber) {
  const Sheet sheet(kMemberHeaders);
  const auto problem = [&](const Changes& changes) {
    return sheet.reader().read(sheet.row(kMember, changes)).problems.at(0);
  };
  EXPECT_EQ(problem({{"公民身份号码", text_cell("110105 194912310021")}}).arguments,
            (Arguments{{"column", "公民身份号码"}, {"value", "110*************21"}}));
  EXPECT_EQ(problem({{"转正日期", text_cell("1971-02-30")}}).arguments,
            (Arguments{{"column", "转正日期"}, {"value", "1971-02-30"}}));
  EXPECT_EQ(problem({{"转正日期", text_cell("1970-06-30")}}).arguments,
            (Arguments{{"column", "转正日期"},
                       {"value", "1970-06-30"},
                       {"earlier", "入党日期 1970-07-01"},
                       {"later", "转正日期 1970-06-30"}}));
  const std::string long_text = [] {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "长";
    return text;
  }();
  EXPECT_EQ(problem({{"人员类别", text_cell(long_text)}}).arguments[1].second,
            long_text.substr(0, 180) + "…");
}

TEST(ReadMember, AShortRowIsAnEmptyRow) {
  const Sheet sheet(kMemberHeaders);
  const auto read = sheet.reader().read(testing::text_cells({"1"}));
  EXPECT_EQ(refusals(read),
            "required_missing@姓名 required_missing@人员类别 required_missing@组织代码 "
            "required_missing@入党日期 required_missing@公民身份号码");
}

}  // namespace
}  // namespace jishi::intake
