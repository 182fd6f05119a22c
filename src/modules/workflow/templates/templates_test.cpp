#include "modules/workflow/templates/templates.hpp"

#include <gtest/gtest.h>

#include "base/feel/json.hpp"
#include "base/json.hpp"

namespace jishi::workflow {
namespace {

const Date kToday = *make_date(2026, 11, 30);

feel::Value known(std::string_view json) {
  return *feel::value_from_json(json);
}

TEST(Template, FillsItsPlacesAndLeavesOutLinesWithoutAValue) {
  struct Case {
    std::string_view text;
    std::string_view known;
    std::string_view filled;
  };
  const Case cases[] = {
      {"地点：{place}", R"({"place": "活动室"})", "地点：活动室"},
      {"甲\n地点：{place}\n乙", R"({"place": null})", "甲\n乙"},
      {"{due - present}人缺席", R"({"due": 5, "present": 3})", "2人缺席"},
      {"{if a = \"}\" then \"{x}\" else {b: a}.b}", R"({"a": "}"})", "{x}"},
      {"{nothing}", "{}", ""},
      {"\n\n", "{}", ""},
  };
  for (const Case& one : cases) {
    const auto text = Template::read(one.text);
    ASSERT_TRUE(text) << one.text;
    EXPECT_EQ(text->filled(known(one.known), kToday), one.filled) << one.text;
  }
  EXPECT_FALSE(Template::read("{open"));
  EXPECT_FALSE(Template::read("{1 +}"));
}

TEST(Templates, OfThePackGiveMinutesForEveryKindOfMeeting) {
  const auto templates = Templates::open(JISHI_SOURCE_DIR "/packs/party");
  ASSERT_TRUE(templates);
  const auto form = parse_json(R"({"properties": {
    "minutes": {"type": "string", "maxLength": 4000, "x-template": "minutes/{kind}"},
    "resolutions": {"type": "string", "x-template": "resolutions"}}})");
  for (const char* kind : {"members_meeting", "committee_meeting", "group_meeting", "lecture",
                           "theme_day", "life_meeting"}) {
    const std::string held = fmt::format(
        R"({{"kind": "{}", "organisation_name": "一支部", "host_name": "王强", "due": 16,
             "recorder_name": "李娜", "held_on": "2026-11-29", "planned_at": "14:30:00",
             "topic": "四季度会", "video": "https://a.b/c", "present": 12, "others": null,
             "present_names": ["张三", "李四"], "agenda": [{{"topic": "计划"}}, {{"topic": "党费"}}],
             "quorum": {{"verdict": "enough"}}, "resolved": {{"passed": ["计划"]}},
             "votes": [{{"topic": "计划", "yes": 11, "no": 0, "abstain": 1}}]}})",
        kind);
    const auto made = templates->with_texts(form->as_object(), known(held), kToday);
    const auto& fields = made.at("properties").as_object();
    const std::string text(fields.at("minutes").at("default").as_string());
    for (const char* said : {"一支部", "时间：2026年11月29日 14:30\n", "地点：视频会议", "王强",
                             "记录人：李娜", "应到16人，实到12人，缺席4人。", "到会：张三、李四",
                             "1. 计划\n2. 党费", "“计划”：赞成11票，反对0票，弃权1票，通过。"})
      EXPECT_NE(text.find(said), text.npos) << kind << ": " << said << "\n" << text;
    EXPECT_EQ(text.find("列席"), text.npos) << text;
    EXPECT_EQ(fields.at("resolutions").at("default").as_string(),
              "通过“计划”（应到16人，实到12人，赞成11票）。");
  }
}

TEST(Templates, WithoutAQuorumThereIsNoResolution) {
  const auto templates = Templates::open(JISHI_SOURCE_DIR "/packs/party");
  const auto form = parse_json(R"({"properties": {"minutes": {"x-template": "minutes/{kind}"},
                                                  "resolutions": {"x-template": "resolutions"}}})");
  const auto made = templates->with_texts(
      form->as_object(), known(R"({"kind": "members_meeting", "due": 31, "present": 3,
                "agenda": [{"topic": "计划"}],
                "quorum": {"verdict": "not_enough", "needed": 16},
                "resolved": {"passed": ["旧"]}})"),
      kToday);
  const auto& fields = made.at("properties").as_object();
  EXPECT_FALSE(fields.at("resolutions").as_object().contains("default"));
  const std::string text(fields.at("minutes").at("default").as_string());
  EXPECT_NE(text.find("至少16人"), text.npos) << text;
  EXPECT_EQ(text.find("表决结果"), text.npos) << text;
}

}  // namespace
}  // namespace jishi::workflow
