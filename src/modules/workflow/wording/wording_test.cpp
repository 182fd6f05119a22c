#include "modules/workflow/wording/wording.hpp"

#include <gtest/gtest.h>

namespace jishi::workflow {

namespace {

const Wording& wording() {
  static const Wording made = *Wording::open(JISHI_SOURCE_DIR "/packs/party");
  return made;
}

TEST(Wording, SaysReasonsInEnglishWithTheirNumbers) {
  const std::pair<const char*, const char*> cases[] = {
      {"应到、实到或日期不合", "Those due, those present or the day do not fit"},
      {"有效期应为1至90天", "A letter is valid for 1 to 90 days"},
      {"候选人至少6名（差额不少于百分之二十）",
       "At least 6 candidates (20 % more than there are seats)"},
      {"还缺3次：主题党日，2026-01-01至2026-01-31",
       "3 still missing: theme day, 2026-01-01 to 2026-01-31"},
      {"有人自己写的话", "有人自己写的话"},
      {"有效期应为1至天", "有效期应为1至天"},
      {"", ""},
  };
  for (const auto& [chinese, english] : cases) EXPECT_EQ(wording().english(chinese), english);
}

TEST(Wording, HasNamesInDrawingsForThemselves) {
  EXPECT_EQ(wording().labels().at("同意？"), "Agreed?");
  EXPECT_EQ(wording().english("同意？"), "同意？") << "no reason is said with it";
}

TEST(Wording, NamesArticlesAsPeopleKnowThem) {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"条例（S39）", "条例", "Regulations"},
      {"细则第七条", "细则第七条", "Detailed Rules, article 7"},
      {"地方规定 S25、S27", "地方规定", "Local rules"},
      {"组通字〔2006〕45号（S19c）", "组通字〔2006〕45号", "Zutongzi (2006) No. 45"},
      {"S10、S10b", "", ""},
  };
  for (const auto& [basis, chinese, english] : cases) {
    EXPECT_EQ(wording().basis(Language::zh, basis), chinese);
    EXPECT_EQ(wording().basis(Language::en, basis), english);
  }
}

TEST(Wording, TurnsAllTextsOfAValue) {
  auto value = boost::json::parse(R"({"ok": false, "reason": "没有议题", "items": ["通过", 3]})");
  wording().translate(value);
  EXPECT_EQ(boost::json::serialize(value),
            R"({"ok":false,"reason":"There is nothing on the agenda","items":["Carried",3]})");
}

TEST(Wording, CallsRolesByTheirNames) {
  EXPECT_EQ(wording().role(Language::zh, "organisation_member"), "组织委员");
  EXPECT_EQ(wording().role(Language::en, "secretary"), "Secretary");
  EXPECT_EQ(wording().role(Language::en, "nobody"), "nobody");
}

}  // namespace

}  // namespace jishi::workflow
