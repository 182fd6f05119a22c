#include "modules/registry/roll/bands.hpp"

#include <gtest/gtest.h>

namespace jishi::registry {
namespace {

// As rollups/structure.sql of the pack cuts them.
TEST(Bands, EducationGoesByTheFirstDigit) {
  EXPECT_EQ(education_band("11"), "postgraduate");
  EXPECT_EQ(education_band("21"), "undergraduate");
  EXPECT_EQ(education_band("31"), "junior_college");
  EXPECT_EQ(education_band("41"), "secondary");
  EXPECT_EQ(education_band("61"), "secondary");
  EXPECT_EQ(education_band("70"), "lower");
  EXPECT_EQ(education_band("80"), "lower");
  EXPECT_EQ(education_band("90"), "other");
  EXPECT_EQ(education_band("1"), "other");
  EXPECT_EQ(education_band(""), "unknown");
}

TEST(Bands, OccupationsThatAreNoneOfTheEightAreOthers) {
  EXPECT_EQ(occupation_band("farmer"), "farmer");
  EXPECT_EQ(occupation_band("retired"), "retired");
  EXPECT_EQ(occupation_band("astronaut"), "other");
  EXPECT_EQ(occupation_band("unknown"), "other");
  EXPECT_EQ(occupation_band(""), "unknown");
}

TEST(Bands, EthnicGroups) {
  EXPECT_EQ(ethnic_group("01"), "han");
  EXPECT_EQ(ethnic_group("02"), "minority");
  EXPECT_EQ(ethnic_group("56"), "minority");
  EXPECT_EQ(ethnic_group("57"), "unknown");
  EXPECT_EQ(ethnic_group(""), "unknown");
}

TEST(Bands, WordsThatAreNoBandAreRefused) {
  EXPECT_FALSE(refuse_bands({"lower", "farmer", "han"}));
  EXPECT_FALSE(refuse_bands({}));
  EXPECT_EQ(refuse_bands({"doctor", "", ""})->code, "registry.band_unknown");
  EXPECT_EQ(refuse_bands({"", "poet", ""})->code, "registry.band_unknown");
  EXPECT_EQ(refuse_bands({"", "", "other"})->code, "registry.band_unknown");
}

}  // namespace
}  // namespace jishi::registry
