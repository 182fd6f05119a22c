#include "modules/intake/read/layout.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "modules/intake/read/cells_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::recognise_headers;
using testing::text_cells;
using Headers = std::vector<std::string_view>;

/// The kind, or what the nearest kind lacks.
std::string told(const Recognition& recognition) {
  if (const auto* layout = std::get_if<Layout>(&recognition))
    return std::string(name_of(layout->kind));
  const auto& unrecognised = std::get<Unrecognised>(recognition);
  if (!unrecognised.nearest) return "-";
  std::string result = "not " + std::string(name_of(*unrecognised.nearest)) + ":";
  for (const auto& column : unrecognised.missing) result += " " + column;
  return result;
}

TEST(Columns, NoTwoColumnsOfAKindAnswerToOneHeader) {
  for (const SheetKind kind : kSheetKinds) {
    for (const auto& use : columns_of(kind))
      EXPECT_EQ(column_named(kind, header_of(use.column)), use.column) << header_of(use.column);
  }
}

TEST(Columns, SynonymsAreAcceptedInEveryKindOfSheet) {
  const struct {
    SheetKind kind;
    const char* header;
    std::optional<Column> wanted;
  } cases[] = {
      {SheetKind::organisations, "党组织代码", Column::organisation_code},
      {SheetKind::organisations, "党组织全称", Column::organisation_name},
      {SheetKind::organisations, "任期(年)", Column::term},
      {SheetKind::organisations, "任期（年）", Column::term},
      {SheetKind::organisations, "任期", Column::term},
      {SheetKind::organisations, "联系电话", Column::organisation_phone},
      {SheetKind::organisations, "党组织所在单位代码", Column::credit_code},
      {SheetKind::members, "联系电话", Column::phone},
      {SheetKind::members, "身份证", Column::citizen_id},
      {SheetKind::members, "* 身份证\n号码 ", Column::citizen_id},
      {SheetKind::members, "所在党支部（请不要输入特殊符号）", Column::organisation_code},
      {SheetKind::members, "组织编号", Column::organisation_code},
      {SheetKind::posts, "所在支部", Column::organisation_code},
      {SheetKind::posts, "身份证号", Column::citizen_id},
      {SheetKind::activities, "开展日期", Column::held_on},
      {SheetKind::activities, "所在组织", Column::organisation_code},
      {SheetKind::dues, "身份证号码", Column::citizen_id},
      {SheetKind::dues, "金额(元)", Column::amount},
      {SheetKind::dues, "姓名", std::nullopt},
      {SheetKind::members, "序号", std::nullopt},
      {SheetKind::members, "", std::nullopt},
      {SheetKind::members, "*", std::nullopt},
  };
  for (const auto& [kind, header, wanted] : cases)
    EXPECT_EQ(column_named(kind, header), wanted) << header;
}

TEST(Recognise, DecidesByTheRequiredColumns) {
  const std::pair<Headers, const char*> cases[] = {
      {{"组织名称", "组织类别"}, "organisations"},
      {{"姓名", "党员类别", "所在支部", "入党时间"}, "members"},
      {{"人员编号", "组织代码", "职务", "任职日期"}, "posts"},
      {{"身份证号", "组织代码", "职务", "任职日期", "免职日期"}, "posts"},
      {{"组织代码", "活动类别", "日期"}, "activities"},
      {{"公民身份号码", "所属月份", "金额"}, "dues"},
      // Columns of two kinds in one sheet: most columns win.
      {{"人员编号", "姓名", "公民身份号码", "人员类别", "组织代码", "组织名称", "组织类别",
        "入党日期"},
       "members"},
      {{"组织代码", "组织名称", "组织类别", "上级组织", "姓名", "联系电话"}, "organisations"},
      {{"人员编号", "姓名", "公民身份号码", "性别", "人员类别", "组织代码", "入党日期", "职务",
        "任职日期"},
       "members"},
      {{"姓名", "公民身份号码", "组织代码", "职务", "任职日期", "免职日期"}, "posts"},
      {{"人员编号", "组织代码", "所属月份", "金额", "职务"}, "dues"},
      {{"人员编号", "姓名", "组织代码", "组织名称", "所属月份", "金额", "缴纳日期"}, "dues"},
      {{"组织代码", "组织名称", "活动类别", "日期", "主题", "地点"}, "activities"},
  };
  for (const auto& [headers, wanted] : cases) EXPECT_EQ(told(recognise_headers(headers)), wanted);
}

TEST(Recognise, NamesWhatIsMissingWhereItIsOneOrTwo) {
  const std::pair<Headers, const char*> cases[] = {
      {{"姓名", "公民身份号码", "人员类别", "组织代码"}, "not members: 入党日期"},
      {{"姓名", "性别", "民族", "入党日期", "人员类别"}, "not members: 组织代码"},
      {{"姓名", "性别", "民族", "入党日期"}, "not members: 人员类别 组织代码"},
      {{"组织代码", "职务", "任职日期"}, "not posts: 人员编号/公民身份号码"},
      {{"人员编号", "金额", "缴纳日期"}, "not dues: 所属月份"},
      {{"组织代码", "日期", "主题", "地点"}, "not activities: 活动类别"},
      {{"组织代码", "组织名称", "上级组织"}, "not organisations: 组织类别"},
      {{"姓名"}, "-"},
      {{"联系电话"}, "-"},
      {{"货号", "数量"}, "-"},
      {{}, "-"},
  };
  for (const auto& [headers, wanted] : cases) EXPECT_EQ(told(recognise_headers(headers)), wanted);
}

Recognition recognise_rows(const std::vector<std::pair<std::uint32_t, Headers>>& rows) {
  Recogniser recogniser(sheets::Epoch::e1904);
  for (const auto& [number, headers] : rows) {
    if (!recogniser.look_at(number, text_cells(headers))) break;
  }
  return std::move(recogniser).result();
}

TEST(Recognise, FindsTheHeaderAmongTheFirstTwentyRows) {
  const Headers header = {"序号", "姓名", "人员类别", "组织代码", "", "入党日期", "入党时间"};
  const Headers data = {"1", "张三", "正式", "ZB1", "x", "2001-07-01", ""};
  auto found = recognise_rows({{1, {"某某党委党员名册"}}, {20, header}, {21, data}});
  const auto& layout = std::get<Layout>(found);
  EXPECT_EQ(layout.header_row, 20U);
  EXPECT_EQ(layout.epoch, sheets::Epoch::e1904);
  EXPECT_EQ(layout.columns[0], std::nullopt);
  EXPECT_EQ(layout.columns[1], Column::name);
  EXPECT_EQ(layout.unknown_headers(), (std::vector<std::string>{"序号", "E"}));
  EXPECT_EQ(layout.doubled_columns(), std::vector<Column>{Column::joined});

  EXPECT_EQ(told(recognise_rows({{1, {"某某党委党员名册"}}, {21, header}})), "-");
  // Repeated: the upper one is the header.
  found = recognise_rows({{3, header}, {4, data}, {9, header}});
  EXPECT_EQ(std::get<Layout>(found).header_row, 3U);
}

TEST(Recognise, APersonMayMapColumns) {
  const Headers headers = {"名字", "人员类别", "支部", "入党日期", "手机"};
  EXPECT_EQ(told(recognise_headers(headers)), "not members: 姓名 组织代码");
  const Mapping mapping{
      {}, {{"名字", Column::name}, {"支部 ", Column::organisation_code}, {"手机", {}}}};
  const auto found = recognise_headers(headers, mapping);
  const auto& layout = std::get<Layout>(found);
  EXPECT_EQ(layout.kind, SheetKind::members);
  EXPECT_EQ(layout.columns[0], Column::name);
  EXPECT_EQ(layout.columns[2], Column::organisation_code);
  EXPECT_EQ(layout.unknown_headers(), std::vector<std::string>{"手机"});

  // A column of another kind stays unknown; a kind that was decided is kept to.
  const Headers both = {"人员编号", "组织代码", "职务", "任职日期", "所属月份", "金额"};
  EXPECT_EQ(told(recognise_headers(both)), "posts");
  EXPECT_EQ(told(recognise_headers(both, {SheetKind::dues, {{"职务", Column::term}}})), "dues");
}

TEST(Recognise, NamesColumnsAsTheSpreadsheetDoes) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(701), "ZZ");
  EXPECT_EQ(column_letters(702), "AAA");
}

}  // namespace
}  // namespace jishi::intake
