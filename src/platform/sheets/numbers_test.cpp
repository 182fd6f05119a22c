#include "platform/sheets/numbers.hpp"

#include <gtest/gtest.h>

#include "platform/sheets/utf8.hpp"

namespace jishi::sheets {
namespace {

TEST(Numbers, tells_what_a_custom_format_shows) {
  struct Case {
    std::string_view code;
    NumberFormat format;
  };
  const std::vector<Case> cases{
      {"yyyy-mm-dd", NumberFormat::date},
      {"yyyy\"年\"m\"月\"d\"日\"", NumberFormat::date},
      {"yyyy年m月d日", NumberFormat::date},
      {"[$-804]yyyy\\-mm\\-dd;@", NumberFormat::date},
      {"[DBNum1][$-804]yyyy\"年\"m\"月\"", NumberFormat::date},
      {"m\"月\"", NumberFormat::date},
      {"yyyy/m/d h:mm AM/PM", NumberFormat::date},
      {"e\"年\"m\"月\"", NumberFormat::date},
      {"[h]:mm:ss", NumberFormat::time},
      {"mm:ss.0", NumberFormat::time},
      {"h:mm AM/PM", NumberFormat::time},
      {"[mm]:ss", NumberFormat::time},
      {"General", NumberFormat::number},
      {"0.00E+00", NumberFormat::number},
      {"#,##0.00_);[Red]\\(#,##0.00\\)", NumberFormat::number},
      {"\"day\" 0", NumberFormat::number},
      {"0\\d", NumberFormat::number},
      {"0;yyyy", NumberFormat::number},
      {"@", NumberFormat::number},
      {"\"open", NumberFormat::number},
      {"[open", NumberFormat::number},
      {"", NumberFormat::number},
      {"\\", NumberFormat::number},
  };
  for (const Case& each : cases) EXPECT_EQ(format_of_code(each.code), each.format) << each.code;
}

TEST(Numbers, knows_the_built_in_formats_of_chinese_excel) {
  for (const std::uint32_t id : {14U, 17U, 22U, 27U, 31U, 36U, 57U, 58U}) {
    EXPECT_EQ(built_in_format(id), NumberFormat::date) << id;
  }
  for (const std::uint32_t id : {18U, 21U, 32U, 45U, 46U, 55U}) {
    EXPECT_EQ(built_in_format(id), NumberFormat::time) << id;
  }
  for (const std::uint32_t id : {0U, 1U, 13U, 23U, 37U, 44U, 48U, 49U, 59U, 164U}) {
    EXPECT_EQ(built_in_format(id), NumberFormat::number) << id;
  }
}

TEST(Numbers, counts_days_in_both_epochs) {
  const auto day = [](double serial, Epoch epoch) {
    const auto date = date_of_serial(serial, epoch);
    return date ? to_iso(*date) : "none";
  };
  EXPECT_EQ(day(1, Epoch::e1900), "1900-01-01");
  EXPECT_EQ(day(59, Epoch::e1900), "1900-02-28");
  EXPECT_EQ(day(60, Epoch::e1900), "none");
  EXPECT_EQ(day(61, Epoch::e1900), "1900-03-01");
  EXPECT_EQ(day(45356.99, Epoch::e1900), "2024-03-05");
  EXPECT_EQ(day(2958465, Epoch::e1900), "9999-12-31");
  EXPECT_EQ(day(2958466, Epoch::e1900), "none");
  EXPECT_EQ(day(0, Epoch::e1900), "none");
  EXPECT_EQ(day(0, Epoch::e1904), "1904-01-01");
  EXPECT_EQ(day(2957003, Epoch::e1904), "9999-12-31");
  EXPECT_EQ(day(2957004, Epoch::e1904), "none");
  EXPECT_EQ(day(-1, Epoch::e1904), "none");
  for (const double serial : {1.0, 59.0, 61.0, 45356.0, 2957000.0}) {
    for (const Epoch epoch : {Epoch::e1900, Epoch::e1904}) {
      EXPECT_EQ(serial_of_date(*date_of_serial(serial, epoch), epoch), serial);
    }
  }
}

TEST(Numbers, writes_the_shortest_digits) {
  NumberText room{};
  EXPECT_EQ(number_text(1.1, room), "1.1");
  EXPECT_EQ(number_text(-20240305, room), "-20240305");
  EXPECT_EQ(number_text(999999999999999, room), "999999999999999");
  EXPECT_EQ(number_text(410101199001011234.0, room), "4.1010119900101126E+17");
  EXPECT_EQ(number_text(1e-7, room), "1E-07");
  EXPECT_EQ(number_text(1e300, room), "1E+300");
  EXPECT_EQ(number_text(0, room), "0");
  EXPECT_EQ(number_text("007", 7, room), "7");
}

TEST(Numbers, reads_numbers_and_nothing_else) {
  double value = 0;
  EXPECT_TRUE(parse_number(" +1.5 ", value));
  EXPECT_EQ(value, 1.5);
  for (const std::string_view text :
       {"", " ", "-", "+", "nan", "inf", "-inf", "1x", "0x10", "1e999"}) {
    EXPECT_FALSE(parse_number(text, value)) << text;
  }
}

TEST(Utf8, finds_the_first_byte_that_is_none) {
  EXPECT_EQ(valid_utf8_prefix("abcdefghijk支部𠮷"), 21U);
  for (const std::string_view bad : {"\x80", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "\xE0\x80\x80", "\xFF", "\xE6\x94", "\xF0\x80\x80\x80"}) {
    EXPECT_EQ(valid_utf8_prefix("ab" + std::string(bad)), 2U);
  }
  EXPECT_TRUE(utf8_cut_short("\xE6\x94"));
  EXPECT_TRUE(utf8_cut_short("\xF0\xA0\xAE"));
  EXPECT_FALSE(utf8_cut_short("\xED\xA0"));
  EXPECT_FALSE(utf8_cut_short("\x80"));
  EXPECT_EQ(mended_utf8("a\xFF"
                        "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(utf16_length("a支𠮷"), 4U);
}

}  // namespace
}  // namespace jishi::sheets
