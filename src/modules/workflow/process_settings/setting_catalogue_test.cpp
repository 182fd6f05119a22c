#include "modules/workflow/process_settings/setting_catalogue.hpp"

#include <gtest/gtest.h>

namespace jishi::workflow {

namespace {

const SettingCatalogue& catalogue() {
  static const SettingCatalogue made = *SettingCatalogue::open(JISHI_SOURCE_DIR "/packs/party");
  return made;
}

TEST(SettingCatalogue, TellsDurationsInDays) {
  EXPECT_EQ(days_of_duration("P0D"), 0);
  EXPECT_EQ(days_of_duration("P3M"), 90);
  EXPECT_EQ(days_of_duration("P1Y"), 365);
  for (const char* text : {"", "P", "PD", "3M", "P3H", "P-1D", "P1.5M", "PT3M", "P999999999D"})
    EXPECT_EQ(days_of_duration(text), std::nullopt) << text;
}

TEST(SettingCatalogue, HoldsValuesAgainstTheirBounds) {
  struct Case {
    const char* process;
    const char* name;
    const char* value;
    bool fits;
  };
  for (const Case& one : {Case{"transfer", "valid_days", "60", true},
                          {"transfer", "valid_days", "0", false},
                          {"transfer", "valid_days", "91", false},
                          {"transfer", "valid_days", "P60D", false},
                          {"transfer", "valid_days", "", false},
                          {"development", "activist_after", "P0D", true},
                          {"development", "activist_after", "P6M", true},
                          {"development", "activist_after", "P7M", false},
                          {"development", "activist_after", "3", false},
                          {"election", "threshold", "present", true},
                          {"election", "threshold", "all", false}}) {
    const SettingEntry* entry = catalogue().find(one.process, one.name);
    ASSERT_NE(entry, nullptr) << one.name;
    EXPECT_EQ(!refuse_value(*entry, one.value), one.fits) << one.name << " " << one.value;
  }
  EXPECT_EQ(catalogue().find("transfer", "version"), nullptr);
}

TEST(SettingCatalogue, APackWithoutTheFileHasNone) {
  const auto none = SettingCatalogue::open("/nowhere");
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->all().empty());
}

}  // namespace

}  // namespace jishi::workflow
