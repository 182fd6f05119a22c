#include "base/checks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace jishi {
namespace {

TEST(CitizenId, PublishedSamplesPass) {
  EXPECT_TRUE(is_citizen_id("11010519491231002X"));
  EXPECT_TRUE(is_citizen_id("440524188001010014"));
}

TEST(CitizenId, RefusesAllElse) {
  const char* const cases[] = {
      "",
      "11010519491231002x",   // X is upper case here
      "110105194912310021",   // check digit
      "11010519491231002",    // short
      "11010519491231002X0",  // long
      "110105491231002",      // the fifteen digits of before 1999
      "1101051949123100AX",   // a letter inside
      "11010519491231X02X",
      "110105202502300009",  // 30 February, whatever its check digit
      "110105194913310023",  // month 13
      "000000000000000000",
      "１１０１０５１９４９１２３１００２Ｘ",
  };
  for (const auto* id : cases) EXPECT_FALSE(is_citizen_id(id)) << id;
}

TEST(CitizenId, AreaIsNotChecked) {
  std::string id = "99999919800512101";
  id += citizen_id_check_digit(id);
  EXPECT_TRUE(is_citizen_id(id));
}

TEST(CitizenId, SaysBirthAndSex) {
  EXPECT_EQ(birth_of_citizen_id("11010519491231002X"), make_date(1949, 12, 31));
  EXPECT_EQ(sex_of_citizen_id("11010519491231002X"), Sex::female);
  EXPECT_EQ(sex_of_citizen_id("440524188001010014"), Sex::male);
  EXPECT_EQ(birth_of_citizen_id("1101051949"), std::nullopt);
  EXPECT_EQ(birth_of_citizen_id("110105194902300000"), std::nullopt);
}

TEST(CreditCode, PublishedSamplesPass) {
  EXPECT_TRUE(is_credit_code("91110108551385082Q"));
  EXPECT_TRUE(is_credit_code("9144030071526726XG"));
  EXPECT_TRUE(is_credit_code("91330100799655058B"));
}

TEST(CreditCode, RefusesAllElse) {
  const char* const cases[] = {
      "",
      "91110108551385082q",   // lower case
      "91110108551385082R",   // check sign
      "9111010855138508Q",    // short
      "91110108551385082QQ",  // long
      "9111010855138508IQ",   // I is not of the alphabet
      "911101085513850820",
  };
  for (const auto* code : cases) EXPECT_FALSE(is_credit_code(code)) << code;
}

std::string any_citizen_id() {
  const auto area = *rc::gen::inRange(100000, 1000000);
  const auto date = from_days(*rc::gen::inRange(-36500, 20000));
  const auto sequence = *rc::gen::inRange(0, 1000);
  std::string id = std::to_string(area);
  for (const char c : to_iso(date)) {
    if (c != '-') id += c;
  }
  id += std::to_string(1000 + sequence).substr(1);
  return id += citizen_id_check_digit(id);
}

RC_GTEST_PROP(CitizenIdProperty, OneWrongDigitOrOneSwapIsNoticed, ()) {
  const std::string right = any_citizen_id();
  RC_ASSERT(is_citizen_id(right));

  std::string digit = right;
  const auto at = *rc::gen::inRange<std::size_t>(0, 17);
  digit[at] = static_cast<char>('0' + *rc::gen::inRange(0, 10));
  RC_ASSERT(is_citizen_id(digit) == (digit == right));

  std::string swapped = right;
  const auto first = *rc::gen::inRange<std::size_t>(0, 16);
  std::swap(swapped[first], swapped[first + 1]);
  RC_ASSERT(is_citizen_id(swapped) == (swapped == right));
}

RC_GTEST_PROP(CreditCodeProperty, OneWrongSignIsNoticed, ()) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  std::string right;
  for (int i = 0; i < 17; ++i) right += kAlphabet[*rc::gen::inRange<std::size_t>(0, 31)];
  right += credit_code_check_sign(right).value();
  RC_ASSERT(is_credit_code(right));
  std::string wrong = right;
  wrong[*rc::gen::inRange<std::size_t>(0, 18)] = kAlphabet[*rc::gen::inRange<std::size_t>(0, 31)];
  RC_ASSERT(is_credit_code(wrong) == (wrong == right));
}

RC_GTEST_PROP(ChecksProperty, AnyBytesAreAnswered, (const std::string& bytes)) {
  RC_ASSERT(!is_citizen_id(bytes) || bytes.size() == 18);
  RC_ASSERT(!is_credit_code(bytes) || bytes.size() == 18);
  birth_of_citizen_id(bytes);
}

}  // namespace
}  // namespace jishi
