// Every column that a list has as a file is called by its name in both languages.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "api/export/labels.hpp"
#include "app/scratch_folder.hpp"
#include "app/server/service.hpp"
#include "base/texts.hpp"

namespace jishi::app {
namespace {

class ExportedLists : public testing::Test {
 protected:
  void SetUp() override {
    settings_.pack = JISHI_SOURCE_DIR "/packs/party";
    settings_.data = scratch_.path() / "data";
    StoreOptions options;
    options.folder = settings_.data;
    options.keys_folder = scratch_.path() / "keys";
    auto store = Store::open(options, clock_);
    ASSERT_TRUE(store) << store.error().code;
    store_ = std::move(*store);
    auto service = Service::open(context_, *store_);
    ASSERT_TRUE(service) << service.error().code;
    service_ = std::move(*service);
  }

  ScratchFolder scratch_;
  Settings settings_;
  SystemClock clock_;
  Console console_;
  Context context_{settings_, clock_, console_};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Service> service_;
};

TEST_F(ExportedLists, EveryColumnHasAName) {
  int lists = 0;
  for (const api::Operation& operation : service_->operations()) {
    if (!operation.list) continue;
    ++lists;
    const auto& columns = operation.list->columns;
    const bool persons = std::find(columns.begin(), columns.end(), "person") != columns.end();
    for (const Language language : {Language::zh, Language::en}) {
      std::set<std::string> heads;
      for (const std::string& column : columns) {
        const auto label = api::column_label(operation.about.name, column, persons, language);
        EXPECT_TRUE(label && !label->empty()) << operation.about.name << ": " << column;
        EXPECT_TRUE(heads.insert(label.value_or(column)).second)
            << operation.about.name << ": two columns are called " << label.value_or(column);
      }
    }
  }
  EXPECT_GT(lists, 20);
}

/// The checks of texts leave names of columns to this: one that no list has is told here.
TEST_F(ExportedLists, NoNameIsThatOfAColumnThatIsNotThere) {
  constexpr std::string_view kMark = ".export_column_";
  std::set<std::string> known{"api.export_column_mark", "api.export_column_person_name"};
  for (const api::Operation& operation : service_->operations()) {
    if (!operation.list) continue;
    auto columns = operation.list->columns;
    columns.insert(columns.end(), operation.list->personal.begin(), operation.list->personal.end());
    const std::string list(operation.about.name);
    const std::string module = list.substr(0, list.find('.'));
    for (std::string& column : columns) {
      std::replace(column.begin(), column.end(), '.', '_');
      known.insert(fmt::format("api{}{}", kMark, column));
      known.insert(fmt::format("{}{}{}", module, kMark, column));
      known.insert(fmt::format("{}{}{}_{}", module, kMark, list.substr(module.size() + 1), column));
    }
  }
  for (const Text& text : all_texts()) {
    if (text.code.find(kMark) == text.code.npos) continue;
    EXPECT_TRUE(known.count(std::string(text.code)) == 1) << text.code << " is said of no list";
  }
}

TEST(ExportedValues, StandByTheirNamesAndOtherTextsForThemselves) {
  Codes codes;
  codes.add("sex", CodeSet("性别", "Sex", {{"female", "女", "Female", {}}}));
  const auto label = [&](std::string_view column, std::string value) {
    return api::ValueLabels("registry.list_members", column, codes, Language::zh)(std::move(value));
  };
  EXPECT_EQ(label("sex", "female"), "女");
  EXPECT_EQ(label("level", "red"), "红灯");
  EXPECT_EQ(label("name", "female"), "female");
  EXPECT_EQ(label("sex", "other"), "other");
}

TEST(ExportedValues, TheWordsOfAListComeBeforeThoseOfAll) {
  const auto label = [](std::string_view list) {
    return api::ValueLabels(list, "state", Codes(), Language::zh)("open");
  };
  EXPECT_EQ(label("insight.list_lights"), "未办理");
  EXPECT_EQ(label("intake.list_duplicates"), "待认定");
  EXPECT_EQ(api::column_label("orglife.list_activities", "due", false, Language::zh), "应到");
  EXPECT_EQ(api::column_label("insight.list_lights", "due", false, Language::zh), "期限");
}

}  // namespace
}  // namespace jishi::app
