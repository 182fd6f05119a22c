#include "base/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace jishi {
namespace {

TEST(Money, ReadsWhatPeopleType) {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"0", 0},
      {"12", 1200},
      {"12.5", 1250},
      {"12.50", 1250},
      {".5", 50},
      {"¥12.50", 1250},
      {"￥12.50", 1250},
      {"12.5元", 1250},
      {" ¥ 1,234.50 元 ", 123450},
      {"1,234,567.89", 123456789},
      {"１２．５０", 1250},
      {"１，２３４", 123400},
      {"007", 700},
      {"-5", -500},
      {"¥-5.05", -505},
      {"999999999999999", 99999999999999900},
  };
  for (const auto& [text, cents] : cases) EXPECT_EQ(cents_of_yuan(text), cents) << text;
}

TEST(Money, RefusesAllElse) {
  const char* const cases[] = {"",         " ",    "元",        "¥",        "-",
                               ".",        "5.",   "12.345",    "12.500",   "1,23",
                               "1,2345",   ",123", "12,34,567", "1234,567", "12a",
                               "十二",     "12万", "1e3",       "0x10",     "1.2.3",
                               "1 2 .. 3", "+5",   "--5",       "$5",       "1000000000000000"};
  for (const auto* text : cases) EXPECT_EQ(cents_of_yuan(text), std::nullopt) << text;
}

TEST(Money, WritesYuan) {
  EXPECT_EQ(yuan_of_cents(123450), "1234.50");
  EXPECT_EQ(yuan_of_cents(5), "0.05");
  EXPECT_EQ(yuan_of_cents(-5), "-0.05");
  EXPECT_EQ(yuan_of_cents(INT64_MIN), "-92233720368547758.08");
}

RC_GTEST_PROP(MoneyProperty, WhatIsWrittenReadsBack, ()) {
  const auto cents = *rc::gen::inRange<std::int64_t>(-99999999999999999, 99999999999999999);
  RC_ASSERT(cents_of_yuan(yuan_of_cents(cents)) == cents);
}

RC_GTEST_PROP(MoneyProperty, AnyBytesAreAnswered, (const std::string& bytes)) {
  cents_of_yuan(bytes);
}

}  // namespace
}  // namespace jishi
