#include "modules/intake/apply/sheet_keys.hpp"

#include <gtest/gtest.h>

#include <string>

namespace jishi::intake {
namespace {

TEST(SheetKeys, TheFirstRowStands) {
  SheetKeys keys;
  EXPECT_EQ(keys.find("c:1"), std::nullopt);
  keys.add("c:1", 2);
  keys.add("c:1", 3);
  EXPECT_EQ(keys.find("c:1"), 2U);
  EXPECT_EQ(keys.find("c:2"), std::nullopt);
  keys.clear();
  EXPECT_EQ(keys.find("c:1"), std::nullopt);
}

TEST(SheetKeys, ManyAreHeldInLittle) {
  constexpr std::uint32_t kRows = 200'000;
  SheetKeys keys;
  for (std::uint32_t row = 1; row <= kRows; ++row) keys.add(std::to_string(row), row);
  for (std::uint32_t row = 1; row <= kRows; ++row)
    ASSERT_EQ(keys.find(std::to_string(row)), row) << row;
  for (std::uint32_t row = kRows + 1; row <= 2 * kRows; ++row)
    ASSERT_EQ(keys.find(std::to_string(row)), std::nullopt) << row;
  EXPECT_LE(keys.bytes(), kRows * 20);
}

}  // namespace
}  // namespace jishi::intake
