// Every column that a list has as a file is called by its name in both languages.

#include <gtest/gtest.h>

#include "api/export/cells.hpp"
#include "api/export/labels.hpp"
#include "modules/division/division.hpp"
#include "modules/insight/list_lights/list_lights.hpp"
#include "modules/orglife/list_activities/list_activities.hpp"
#include "modules/registry/registry.hpp"
#include "modules/trend/trend.hpp"

namespace jishi::app {
namespace {

template <class Row>
void expect_labels() {
  for (const std::string& column : api::columns_of<Row>()) {
    for (const Language language : {Language::zh, Language::en}) {
      const auto label = api::known_column_label(column, language);
      EXPECT_TRUE(label && !label->empty()) << column << " has no name";
    }
  }
}

TEST(ExportedLists, EveryColumnHasAName) {
  expect_labels<registry::MemberRow>();
  expect_labels<registry::Branch>();
  expect_labels<registry::BranchOn>();
  expect_labels<registry::MemberOn>();
  expect_labels<orglife::ListedActivity>();
  expect_labels<insight::ListedLight>();
  expect_labels<trend::Point>();
  expect_labels<division::Division>();
}

TEST(ExportedLists, ValuesStandByTheirNamesAndOtherTextsForThemselves) {
  Codes codes;
  codes.add("sex", CodeSet("性别", "Sex", {{"female", "女", "Female", {}}}));
  EXPECT_EQ(api::value_label("sex", "female", codes, Language::zh), "女");
  EXPECT_EQ(api::value_label("level", "red", codes, Language::zh), "红灯");
  EXPECT_EQ(api::value_label("name", "female", codes, Language::zh), "female");
  EXPECT_EQ(api::value_label("sex", "other", codes, Language::zh), "other");
}

}  // namespace
}  // namespace jishi::app
