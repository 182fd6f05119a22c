#include "modules/intake/read/values.hpp"

#include <gtest/gtest.h>

#include "modules/intake/read/cells_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::date_cell;
using testing::error_cell;
using testing::number_cell;
using testing::text_cell;

TEST(Values, KnowsWhatStandsForEmpty) {
  for (const auto* mark :
       {"",   " ",  "　",   "—",   "——",  "－",     "-",     "--",           "–",  "/", "／",
        "//", "无", " 无 ", "N/A", "n/a", "Ｎ／Ａ", "N / A", "\xE2\x80\x8B", "- -"})
    EXPECT_TRUE(is_empty_mark(mark)) << mark;
  for (const auto* text : {"无锡", "NA", "N", "0", "-1", "/a", "—a", "无无", "一", ".", "N/A1"})
    EXPECT_FALSE(is_empty_mark(text)) << text;
}

TEST(Values, ErrorsSayNothing) {
  EXPECT_TRUE(says_nothing(error_cell()));
  EXPECT_TRUE(says_nothing(text_cell("#REF!")));
  EXPECT_TRUE(is_error(text_cell("#DIV/0!")));
  EXPECT_FALSE(is_error(text_cell("#1支部")));
  EXPECT_FALSE(says_nothing(text_cell("#1支部")));
  EXPECT_FALSE(says_nothing(number_cell(0, "0")));
}

TEST(Values, WritesNumbersAsTheirAuthorReadsThem) {
  const std::pair<testing::Cell, const char*> cases[] = {
      {number_cell(1001, "1001"), "1001"},
      {number_cell(1001, "1001.0"), "1001"},
      {number_cell(1e6, "1e+06"), "1000000"},
      {number_cell(330106001000, "3.30106001e+11"), "330106001000"},
      {number_cell(13900000000, "1.39E+10"), "13900000000"},
      {number_cell(12.5, "12.5"), "12.5"},
      {number_cell(0.0001, "1e-04"), "0.0001"},
      {text_cell("  甲 \n"), "甲"},
      {date_cell(2024, 3, 5, "2024-03-05"), "2024-03-05"},
      {error_cell(), ""},
  };
  for (const auto& [cell, wanted] : cases) {
    NumberBuffer buffer;
    EXPECT_EQ(written(cell, buffer), wanted);
  }
}

TEST(Values, TidiesCodesPhonesAndChoices) {
  EXPECT_EQ(tidy_code("ＺＢ 00１"), "ZB001");
  EXPECT_EQ(tidy_code("zb001"), "zb001");
  EXPECT_EQ(tidy_phone("139 0000 0001"), "13900000001");
  EXPECT_EQ(tidy_phone("139-0000-0001"), "13900000001");
  EXPECT_EQ(tidy_phone("+86 139-0000-0001"), "13900000001");
  EXPECT_EQ(tidy_phone("１３９００００００01"), "13900000001");
  EXPECT_EQ(tidy_phone("0571-88888888"), "0571-88888888");
  EXPECT_EQ(without_list_code("223_正式党员"), "正式党员");
  EXPECT_EQ(without_list_code("868＿汉族"), "汉族");
  for (const auto* whole : {"正式党员", "223_", "223正式", "_正式", "a_b", "223"})
    EXPECT_EQ(without_list_code(whole), whole);
}

TEST(Values, NeverShowsAPersonalNumberWhole) {
  EXPECT_EQ(masked("11010519491231002X"), "110*************2X");
  EXPECT_EQ(masked("13900000001"), "139******01");
  EXPECT_EQ(masked("12345"), "*****");
  EXPECT_EQ(masked(""), "");
  EXPECT_EQ(masked("证一二三四五"), "证一二*四五");
}

TEST(Values, TellsIdsWhoseDigitsAreGone) {
  const struct {
    testing::Cell cell;
    const char* id;
    bool lost;
  } cases[] = {
      {text_cell("11010519491231002x"), "11010519491231002X", false},
      {text_cell(" 110105 19491231 002x "), "11010519491231002X", false},
      {text_cell("'11010519491231002X"), "11010519491231002X", false},
      {text_cell("１１０１０５１９４９１２３１００２Ｘ"), "11010519491231002X", false},
      {number_cell(4.10101199001011e17, "4.10101199001011E+17"), "410101199001011008", true},
      {number_cell(1.10105194912310e17, "110105194912310021"), "110105194912310021", true},
      {text_cell("9.90E+17"), "9.90E+17", true},
      {text_cell("4.10101199001011e+17"), "4.10101199001011E+17", true},
      {text_cell("4E17"), "4E17", true},
      {number_cell(110105491231002, "110105491231002"), "110105491231002", false},
      {text_cell("9.90E+16"), "9.90E+16", false},
      {text_cell("E+17"), "E+17", false},
      {text_cell("AE+17"), "AE+17", false},
  };
  for (const auto& [cell, id, lost] : cases) {
    const auto found = citizen_id_in(cell);
    EXPECT_EQ(found.digits_lost, lost) << id;
    if (cell.kind == testing::Cell::Kind::text) {
      EXPECT_EQ(found.id, id);
    }
  }
}

TEST(Values, ReadsWholeNumbersAndTerms) {
  for (const auto* form : {"3", "３", " 3 ", "3年", "3 年", "3.0", "03"})
    EXPECT_EQ(term_in(text_cell(form)), 3) << form;
  EXPECT_EQ(term_in(number_cell(3, "3")), 3);
  EXPECT_EQ(term_in(number_cell(10, "10")), 10);
  for (const auto* form : {"0", "11", "三年", "3.5", "3个月", "-3", "年", "3-5", "3年年"})
    EXPECT_EQ(term_in(text_cell(form)), std::nullopt) << form;
  EXPECT_EQ(term_in(number_cell(3.5, "3.5")), std::nullopt);
  EXPECT_EQ(whole_number_in(text_cell("0")), 0);
  EXPECT_EQ(whole_number_in(number_cell(25, "25")), 25);
  for (const auto* form : {"25人", "-1", "2.5", "约25", "1000001", "99999999999999999999", "1e3"})
    EXPECT_EQ(whole_number_in(text_cell(form)), std::nullopt) << form;
  EXPECT_EQ(whole_number_in(date_cell(2024, 3, 5, "2024-03-05")), std::nullopt);
}

TEST(Values, ReadsAmounts) {
  EXPECT_EQ(amount_in(number_cell(12.3, "12.3")), 1230);
  EXPECT_EQ(amount_in(number_cell(0.1 + 0.2, "0.30000000000000004")), 30);
  EXPECT_EQ(amount_in(number_cell(1e6, "1e+06")), 100000000);
  EXPECT_EQ(amount_in(text_cell("¥1,000,000.00元")), 100000000);
  EXPECT_EQ(amount_in(text_cell("0")), 0);
  for (const auto* form : {"-1", "1,000,000.01", "12.345", "十元", "12元5角", "1,00", "1e3"})
    EXPECT_EQ(amount_in(text_cell(form)), std::nullopt) << form;
  EXPECT_EQ(amount_in(number_cell(-0.01, "-0.01")), std::nullopt);
  EXPECT_EQ(amount_in(number_cell(12.345, "12.345")), std::nullopt);
  EXPECT_EQ(amount_in(number_cell(1000000.01, "1000000.01")), std::nullopt);
  EXPECT_EQ(amount_in(number_cell(1e300, "1e300")), std::nullopt);
  EXPECT_EQ(amount_in(date_cell(2024, 3, 5, "2024-03-05")), std::nullopt);
}

TEST(Values, SplitsParticipants) {
  const std::vector<std::string> wanted = {"张三", "P002", "李四", "王五", "赵六", "钱七"};
  EXPECT_EQ(participants_in("张三、P002,李四;王五 赵六　钱七"), wanted);
  EXPECT_EQ(participants_in("张三，P002；李四\n王五、 赵六、、钱七、"), wanted);
  EXPECT_EQ(participants_in("—"), std::vector<std::string>());
  EXPECT_EQ(participants_in(""), std::vector<std::string>());
  EXPECT_EQ(participants_in("艾力·买买提"), std::vector<std::string>{"艾力·买买提"});
}

}  // namespace
}  // namespace jishi::intake
