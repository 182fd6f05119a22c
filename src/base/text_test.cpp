#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace jishi {
namespace {

struct Case {
  const char* given;
  const char* wanted;
};

TEST(Text, TidyMakesWhatShouldHaveBeenTyped) {
  const Case cases[] = {
      {"", ""},
      {"   ", ""},
      {" 张三 ", "张三"},
      {"张　三", "张三"},
      {"张\xC2\xA0三\n", "张三"},
      {"\xEF\xBB\xBF张三\xE2\x80\x8B", "张三"},
      {"John   Smith", "John Smith"},
      {"Jo\xE2\x80\x8Bhn", "John"},
      {"张\xE2\x80\xAE三\xE2\x80\xAC", "张三"},          // a direction that hides the order
      {"\xE2\x81\xA6张三\xE2\x81\xA9\xD8\x9C", "张三"},  // and its newer kind
      {"张\x01三\x7F", "张三"},
      {"艾力·买买提", "艾力·买买提"},
      {"文三路 100 号", "文三路100号"},
      {"第１支部（Ａ区）", "第1支部（A区）"},
      {"３ Ａ", "3 A"},
      {"\xF0\xA0\xAE\xB7 某", "\xF0\xA0\xAE\xB7某"},  // beyond the basic plane
  };
  for (const auto& [given, wanted] : cases) EXPECT_EQ(tidy(given), wanted) << given;
}

TEST(Text, KnowsControlSigns) {
  EXPECT_FALSE(has_control("张三\t1\r\n"));
  for (const std::string& text :
       {std::string("a\0b", 3), std::string("\x1b[0m"), std::string("\b"), std::string("\x7f")})
    EXPECT_TRUE(has_control(text)) << text;
}

TEST(Text, FoldCodeComparesCodesWithoutRegardToCaseWidthOrBlanks) {
  const Case cases[] = {
      {"zb 001", "ZB001"},
      {"ＺＢ－００１", "ZB-001"},
      {"杭州（甲）支部", "杭州(甲)支部"},
      {"\tx\r\n", "X"},
  };
  for (const auto& [given, wanted] : cases) EXPECT_EQ(fold_code(given), wanted) << given;
}

TEST(Text, FoldHeaderDropsWhatIsNotTheName) {
  const Case cases[] = {
      {"姓名", "姓名"},
      {" 姓  名 ", "姓名"},
      {"*姓名", "姓名"},
      {"姓名＊", "姓名"},
      {"入党\n时间", "入党时间"},
      {"入党时间(2019/10/24)", "入党时间"},
      {"所在组织（请不要输入特殊符号）", "所在组织"},
      {"任期（年）", "任期"},
      {"入党时间(如：2019(年))", "入党时间"},
      {"入党时间(2019/10/24", "入党时间"},
      {"（姓名）", "姓名"},
      {"姓名：", "姓名"},
      {"【必填】姓名", "姓名"},
      {"()", ""},
      {"***", ""},
  };
  for (const auto& [given, wanted] : cases) EXPECT_EQ(fold_header(given), wanted) << given;
}

TEST(Text, KnowsWellFormedUtf8) {
  const std::pair<std::string, bool> cases[] = {
      {"", true},
      {"abc", true},
      {"张三", true},
      {"\xF0\xA0\xAE\xB7", true},
      {"\xEF\xBF\xBD", true},                    // U+FFFD itself
      {"\xC0\xAF", false},                       // overlong
      {"\xE0\x80\xAF", false},                   // overlong
      {"\xED\xA0\x80", false},                   // surrogate
      {"\xF4\x90\x80\x80", false},               // past U+10FFFF
      {"\xE5\xBC", false},                       // cut off
      {"\x80", false},                           // a continuation alone
      {std::string("\xD5\xC5\xC8\xFD"), false},  // 张三 in GB18030
  };
  for (const auto& [text, wanted] : cases) EXPECT_EQ(is_utf8(text), wanted) << text;
}

TEST(Text, CountsCodePoints) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("张三a"), 3U);
  EXPECT_EQ(count_code_points("\xF0\xA0\xAE\xB7"), 1U);
  EXPECT_EQ(count_code_points("\xFF\xFE"), 2U);
}

TEST(Text, HalfWidthReachesPunctuationAndSpaces) {
  EXPECT_EQ(to_half_width("１２３　（Ａ～）"), "123 (A~)");
  EXPECT_EQ(to_half_width("张三"), "张三");
}

RC_GTEST_PROP(TextProperty, AppendedCodePointsReadBack, ()) {
  const auto number = *rc::gen::inRange<std::uint32_t>(0, 0x110000);
  RC_PRE(number < 0xD800 || number > 0xDFFF);
  std::string text;
  append_utf8(text, number);
  const auto [value, length] = first_code_point(text);
  RC_ASSERT(value == char32_t{number});
  RC_ASSERT(length == text.size());
  RC_ASSERT(is_utf8(text));
}

// Of texts: where signs are taken out between the bytes of a broken one, they may make a sign.
RC_GTEST_PROP(TextProperty, FoldingTwiceIsFoldingOnce, ()) {
  constexpr std::uint32_t kFirstSurrogate = 0xD800;
  std::string text;
  for (const auto number : *rc::gen::container<std::vector<std::uint32_t>>(
           rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 0x100),
                          rc::gen::inRange<std::uint32_t>(0x2000, 0x2070),
                          rc::gen::inRange<std::uint32_t>(0, kFirstSurrogate))))
    append_utf8(text, number);
  RC_ASSERT(tidy(tidy(text)) == tidy(text));
  RC_ASSERT(fold_code(fold_code(text)) == fold_code(text));
  RC_ASSERT(fold_header(fold_header(text)) == fold_header(text));
  RC_ASSERT(trim(trim(text)) == trim(text));
}

RC_GTEST_PROP(TextProperty, NothingIsAddedByFolding, (const std::string& bytes)) {
  RC_ASSERT(tidy(bytes).size() <= bytes.size());
  RC_ASSERT(fold_code(bytes).size() <= bytes.size());
  RC_ASSERT(count_code_points(bytes) <= bytes.size());
}

}  // namespace
}  // namespace jishi
