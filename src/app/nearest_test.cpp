#include "app/nearest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jishi::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kNames{"import", "lights", "report", "orglife/theme_day"};

TEST(Nearest, FindsTheMisspelt) {
  EXPECT_THAT(nearest_names("light", kNames), ElementsAre("lights"));
  EXPECT_THAT(nearest_names("improt", kNames), ElementsAre("import"));
  EXPECT_THAT(nearest_names("theme_day", kNames), ElementsAre("orglife/theme_day"));
  EXPECT_THAT(nearest_names("orglife/themeday", kNames), ElementsAre("orglife/theme_day"));
}

TEST(Nearest, FindsNothingForWhatIsFarOff) {
  EXPECT_THAT(nearest_names("", kNames), IsEmpty());
  EXPECT_THAT(nearest_names("zzz", kNames), IsEmpty());
  EXPECT_THAT(nearest_names(std::string(10'000, 'x'), kNames), IsEmpty());
}

}  // namespace
}  // namespace jishi::app
