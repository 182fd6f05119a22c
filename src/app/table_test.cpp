#include "app/table.hpp"

#include <gtest/gtest.h>

namespace jishi::app {
namespace {

TEST(Table, CountsChineseCharactersAsTwoPlaces) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("党支部"), 6U);
  EXPECT_EQ(display_width("第3支部"), 7U);
  EXPECT_EQ(display_width("（试行）"), 8U);
  EXPECT_EQ(display_width("𠮷"), 2U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("\u200Bx"), 1U);
}

TEST(Table, CutsToPlacesAndNeverThroughACharacter) {
  EXPECT_EQ(cut_to_width("党支部", 6), "党支部");
  EXPECT_EQ(cut_to_width("党支部", 5), "党支…");
  EXPECT_EQ(cut_to_width("党支部", 4), "党…");
  EXPECT_EQ(cut_to_width("abc", 2), "a…");
  EXPECT_EQ(cut_to_width("abc", 1), "…");
}

TEST(Table, LetsNoControlCharactersThrough) {
  EXPECT_EQ(printable("a\x1b[31mb\r\n\t\x7f"), "a [31mb    ");
  EXPECT_EQ(printable("党\u0085员"), "党 员");
}

TEST(Table, GroupsThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1'000), "1,000");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
  EXPECT_EQ(grouped(-1'000), "-1,000");
  EXPECT_EQ(grouped(-100), "-100");
}

TEST(Table, AlignsColumns) {
  Table table({{"组织"}, {"数", Align::right}});
  table.row({"第一支部", "7"});
  table.row({"a", "1,234"});
  table.row({"b"});
  EXPECT_EQ(table.text(),
            "  组织          数\n"
            "  ────────────────\n"
            "  第一支部       7\n"
            "  a          1,234\n"
            "  b\n");
}

}  // namespace
}  // namespace jishi::app
