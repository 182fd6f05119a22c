#include "base/texts.hpp"

#include <gtest/gtest.h>

#include "modules/intake/read/cells_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::text_cell;

constexpr std::string_view kCodes[] = {
    "required_missing",
    "date_invalid",
    "number_invalid",
    "date_order",
    "id_check_digit",
    "id_digits_lost",
    "id_birth_mismatch",
    "id_sex_mismatch",
    "under_age",
    "credit_code_check_digit",
    "code_unknown",
    "parent_missing",
    "parent_cycle",
    "organisation_ambiguous",
    "organisation_missing",
    "person_missing",
    "duplicate_in_file",
    "number_conflict",
    "amount_invalid",
    "cell_error",
    "columns_differ",
};

TEST(IntakeTexts, EveryCodeHasOneInBothLanguages) {
  for (const auto code : kCodes) {
    const std::string key = "intake." + std::string(code);
    EXPECT_NE(say(Language::zh, key), key);
    EXPECT_NE(say(Language::en, key), key);
  }
}

TEST(IntakeTexts, AProblemFillsItsText) {
  const testing::Sheet sheet({"姓名", "性别", "出生日期", "公民身份号码", "人员类别", "组织代码",
                              "入党日期", "入党时间", "转正日期"});
  const auto cells = sheet.row({"", "男", "1949-01-01", "11010519491231002X", "群众", "#N/A",
                                "1949-12-30", "1949-12-29", "1949-13-01"});
  const auto read = sheet.reader().read(cells);
  EXPECT_GE(read.problems.size(), 8U);
  for (const auto& problem : read.problems) {
    for (const auto language : {Language::zh, Language::en}) {
      const auto text = say(language, "intake." + problem.code, problem.arguments);
      EXPECT_EQ(text.find('{'), text.npos) << text;
    }
  }
}

}  // namespace
}  // namespace jishi::intake
