#include "modules/workflow/forms/forms.hpp"

#include <gtest/gtest.h>

namespace jishi::workflow {

namespace {

constexpr const char* kForm = R"({"properties": {
  "video": {"type": "string", "format": "uri", "title": "视频会议链接"},
  "return_reason": {"type": "string", "title": "退回理由", "x-reason": true}}})";

std::string verdict(const std::string& link) {
  const auto error = refuse_fields(boost::json::parse(kForm).as_object(), {{"video", link}});
  return error ? error->code : "";
}

constexpr const char* kLists = R"({"required": ["facts"], "properties": {
  "facts": {"type": "string", "title": "事实"},
  "items": {"type": "array", "title": "收入", "x-title-en": "Income", "maxItems": 3, "items": {
    "type": "object", "additionalProperties": false, "required": ["kind", "cents"], "properties": {
      "kind": {"type": "string", "title": "类别", "enum": ["basic", "tax"], "maxLength": 20},
      "cents": {"type": "integer", "title": "金额", "x-title-en": "Amount", "minimum": 0}}}},
  "people": {"type": "array", "title": "人员", "items": {"type": "string", "maxLength": 4}}}})";

/// The code, the path and what the field is called in both languages.
std::string verdict_of_list(const char* answer) {
  const auto error =
      refuse_fields(boost::json::parse(kLists).as_object(), boost::json::parse(answer).as_object());
  if (!error) return "";
  std::string words = error->code.substr(9);
  for (const char* name : {"path", "field", "field_en"}) {
    for (const auto& [argument, value] : error->arguments) {
      if (argument == name) words += " | " + value;
    }
  }
  return words;
}

}  // namespace

TEST(Forms, WhatStandsInAListIsHeldToItsItems) {
  const auto of_items = [](const std::string& rows) {
    return verdict_of_list((R"({"items": )" + rows + "}").c_str());
  };
  EXPECT_EQ(of_items(R"([{"kind": "basic", "cents": 5}])"), "");
  EXPECT_EQ(of_items("[]"), "");
  EXPECT_EQ(of_items(R"([{"kind": "basic", "cents": 5}, {"kind": "tax", "cents": -5}])"),
            "field_range | variables.items[1].cents | 收入第 2 项：金额 | Income, item 2: Amount");
  EXPECT_EQ(of_items(R"([{"kind": "basic", "cents": 1.5}])").substr(0, 10), "field_type");
  EXPECT_EQ(of_items(R"([{"kind": "basic", "cents": "500000"}])").substr(0, 10), "field_type");
  EXPECT_EQ(of_items(R"([{"kind": "gift", "cents": 5}])").substr(0, 12), "field_choice");
  EXPECT_EQ(of_items(R"([{"kind": "basic", "cents": 5, "x": 1}])").substr(0, 37),
            "field_unknown | variables.items[0].x ");
  EXPECT_EQ(of_items(R"([{"kind": "basic"}])").substr(0, 14), "row_incomplete");
  EXPECT_EQ(of_items(R"([{"kind": "  ", "cents": 5}])").substr(0, 12), "field_choice");
  EXPECT_EQ(of_items(R"([null])").substr(0, 14), "row_incomplete");
  EXPECT_EQ(of_items(R"([7])").substr(0, 10), "field_type");
  EXPECT_EQ(of_items(R"([{}, {}, {}, {}])").substr(0, 14), "too_many_items");
  EXPECT_EQ(verdict_of_list(R"({"people": ["张三"]})"), "");
  EXPECT_EQ(verdict_of_list(R"({"people": ["张三", "一二三四五"]})").substr(0, 32),
            "field_text | variables.people[1]");
  EXPECT_EQ(verdict_of_list(R"({"people": ["张\u202e三"]})").substr(0, 13), "field_control");
  EXPECT_EQ(verdict_of_list(R"({"people": ["张\u0000"]})").substr(0, 13), "field_control");
}

TEST(Forms, BlanksAreNothingFilledIn) {
  const auto missing = [](const char* facts) {
    const feel::Value held = feel::Value::context({{"facts", feel::Value(std::string(facts))}});
    return missing_fields(boost::json::parse(kLists).as_object(), held).size();
  };
  EXPECT_EQ(missing("   "), 1);
  EXPECT_EQ(missing("\n\t"), 1);
  EXPECT_EQ(missing("\u3000\u00a0\u200b"), 1);
  EXPECT_EQ(missing(" x "), 0);
}

TEST(Forms, AFormNamesWhatItShowsOfEarlierSteps) {
  EXPECT_EQ(shown_fields_of(boost::json::parse(R"({"x-shows": ["handover"]})").as_object()),
            std::vector<std::string>{"handover"});
  EXPECT_TRUE(shown_fields_of({}).empty());
}

TEST(Forms, ALinkIsOneOfTheWeb) {
  EXPECT_EQ(verdict("https://meeting.example/1"), "");
  EXPECT_EQ(verdict("http://10.0.0.1/room"), "");
  EXPECT_EQ(verdict(""), "");
  EXPECT_EQ(verdict("javascript:alert(1)"), "workflow.field_link");
  EXPECT_EQ(verdict("data:text/html,x"), "workflow.field_link");
  EXPECT_EQ(verdict("meeting.example"), "workflow.field_link");
}

TEST(Forms, OneFieldMayBeTheReasonOfARefusal) {
  EXPECT_EQ(reason_field_of(boost::json::parse(kForm).as_object()), "return_reason");
  EXPECT_EQ(reason_field_of({}), "");
}

}  // namespace jishi::workflow
