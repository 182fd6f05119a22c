#include "modules/intake/workbooks/workbooks.hpp"

#include "modules/intake/read/cells_for_test.hpp"
#include "modules/intake/read/layout.hpp"
#include "platform/sheets/test_support.hpp"
#include "platform/sheets/writer.hpp"

namespace jishi::intake {
namespace {

Codes two_sets() {
  Codes codes;
  std::vector<CodeEntry> many;
  for (int number = 0; number < 80; ++number)
    many.push_back({std::to_string(number), "第" + std::to_string(number) + "种工作岗位", "", {}});
  codes.add("sex", CodeSet("性别", "Sex", {{"male", "男", "male", {}}, {"female", "女", "", {}}}));
  codes.add("occupation", CodeSet("工作岗位", "Occupation", many));
  return codes;
}

TEST(Workbooks, each_template_is_recognised_as_what_it_is_for) {
  const sheets::testing::TempDir folder;
  for (const SheetKind kind : kSheetKinds) {
    const auto path = folder / (std::string(name_of(kind)) + ".xlsx");
    ASSERT_TRUE(write_template(kind, two_sets(), path));
    const auto workbook = sheets::open(path);
    ASSERT_TRUE(workbook);
    const auto recognised = recognise(**workbook, 0);
    ASSERT_TRUE(recognised);
    const auto* layout = std::get_if<Layout>(&*recognised);
    ASSERT_NE(layout, nullptr) << name_of(kind);
    EXPECT_EQ(layout->kind, kind);
    EXPECT_TRUE(layout->unknown_headers().empty());
    EXPECT_EQ(layout->columns.size(), columns_of(kind).size());
  }
}

TEST(Workbooks, choices_stand_in_a_hidden_sheet) {
  const sheets::testing::TempDir folder;
  const auto path = folder / "members.xlsx";
  ASSERT_TRUE(write_template(SheetKind::members, two_sets(), path));
  const auto workbook = sheets::open(path);
  ASSERT_TRUE(workbook);
  const auto& all = (*workbook)->sheets();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_FALSE(all[0].hidden);
  EXPECT_TRUE(all[1].hidden);
  EXPECT_EQ(all[1].name, sheets::kChoicesSheet);
  const auto rows = sheets::testing::rows_of(**workbook, 1);
  ASSERT_EQ(rows.size(), 80U) << "more than the 255 signs of a rule of its own";
  EXPECT_EQ(rows.front(), "1: 男|第0种工作岗位");
  EXPECT_EQ(rows.back(), "80: |第79种工作岗位");
}

TEST(Workbooks, every_coded_column_names_a_set_that_sheets_are_read_with) {
  int coded = 0;
  for (const WorkbookKind& kind : workbook_kinds(Language::zh)) {
    for (const WorkbookColumn& column : kind.columns) coded += column.codes.has_value() ? 1 : 0;
  }
  EXPECT_EQ(coded, 10);
}

}  // namespace
}  // namespace jishi::intake
