#include "base/json.hpp"

#include <gtest/gtest.h>

#include "base/texts.hpp"

namespace jishi {
namespace {

enum class Shape { round, square };
BOOST_DESCRIBE_ENUM(Shape, round, square)

struct Part {
  std::string name;
  std::optional<int> count;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, count))

struct Whole {
  std::int64_t id = 0;
  Date on;
  std::optional<Period> period;
  bool kept = false;
  Shape shape = Shape::round;
  std::vector<Part> into;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (id, on, period, kept, shape, into))

Result<Whole> read(std::string_view text) {
  const auto parsed = parse_json(text);
  if (!parsed) return parsed.error();
  return from_json<Whole>(*parsed);
}

std::string complaint(std::string_view text) {
  const auto whole = read(text);
  return whole ? "" : say(Language::en, whole.error());
}

TEST(Json, ReadsAStructAndWritesItBack) {
  const auto whole = read(R"({"id":"918273645546372819","on":"2024-02-29","period":"2024Q1",)"
                          R"("kept":true,"shape":"square","into":[{"name":"一"},)"
                          R"({"name":"二","count":2}]})");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->id, 918273645546372819);
  EXPECT_EQ(to_iso(whole->on), "2024-02-29");
  EXPECT_EQ(whole->shape, Shape::square);
  ASSERT_EQ(whole->into.size(), 2U);
  EXPECT_EQ(whole->into[1].count, 2);
  EXPECT_EQ(boost::json::serialize(to_json(*whole)),
            R"({"id":"918273645546372819","on":"2024-02-29","period":"2024Q1","kept":true,)"
            R"("shape":"square","into":[{"name":"一","count":null},{"name":"二","count":2}]})");
}

TEST(Json, OptionalsAndListsMayBeMissing) {
  const auto whole =
      read(R"({"id":7,"on":"2024-02-29","kept":false,"shape":"round","period":null})");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->id, 7);
  EXPECT_FALSE(whole->period);
  EXPECT_TRUE(whole->into.empty());
}

TEST(Json, RefusalsNameThePlace) {
  const std::string head = R"({"id":1,"on":"2024-02-29","kept":true,"shape":"round")";
  const std::pair<std::string, std::string> cases[] = {
      {"[]", "$: expected an object {…}"},
      {R"({"id":1})", "on: required, but missing"},
      {R"({"id":1.5})",
       "id: expected a whole number (a number or a decimal text) within its range"},
      {R"({"id":"9223372036854775808"})",
       "id: expected a whole number (a number or a decimal text) within its range"},
      {R"({"id":1,"on":"2023-02-29"})", "on: expected a date such as 2026-03-01"},
      {R"({"id":1,"on":"2024-02-29","kept":1})", "kept: expected true or false"},
      {R"({"id":1,"on":"2024-02-29","kept":true,"shape":"oval"})",
       "shape: expected one of round | square"},
      {head + R"(,"into":{}})", "into: expected a list […]"},
      {head + R"(,"into":[{"name":"a"},{"name":2}]})", "into[1].name: expected a text"},
      {head + R"(,"into":[{"name":"a","count":3000000000}]})",
       "into[0].count: expected a whole number (a number or a decimal text) within its range"},
      {head + R"(,"into":[{"nmae":"a"}]})",
       "into[0].nmae: there is no such member. Known are: name, count"},
      {head + R"(,"period":"2024Q5"})", "period: expected a period: 2026, 2026Q1 or 2026-03"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(complaint(text), expected) << text;
}

TEST(Json, AKeyThatComesTwiceIsRefusedByName) {
  for (const std::string text : {R"({"a":1,"a":2})", R"({"b":0,"a":1,"c":[{"b":1}],"a":{}})",
                                 R"([{"x":{"a":1,"b":2,"\u0061":3}}])"}) {
    const auto parsed = parse_json(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(say(Language::en, parsed.error()),
              "a: the same name stands twice, and which one counts cannot be told. Take one out.");
  }
  const std::string same = R"({"a":{"a":{"a":1},"b":[{"a":2},{"a":3}]},"b":null})";
  const auto parsed = parse_json(same);
  ASSERT_TRUE(parsed) << "of objects of their own";
  EXPECT_EQ(boost::json::serialize(*parsed), same);
}

TEST(Json, TextsHoldNoSignsThatNobodyTyped) {
  const auto read_name = [](std::string_view name) {
    const auto parsed = parse_json(R"({"name":")" + std::string(name) + R"("})");
    const auto part = from_json<Part>(*parsed);
    return part ? part->name : part.error().code;
  };
  EXPECT_EQ(read_name(R"(\t一\r\n二)"), "\t一\r\n二");
  for (const auto* sign : {R"(\u0000)", R"(a\u0001)", R"(\u001bx)", R"(\b)", R"(\f)", "\x7f"})
    EXPECT_EQ(read_name(sign), "base.json_control_sign") << sign;
  const auto word = parse_json(R"(["round\u0000oval"])");
  EXPECT_EQ(from_json<std::vector<Shape>>(*word).error().code, "base.json_expected_word");
}

TEST(Json, EachThingThatIsWrongIsTold) {
  const Error error =
      read(R"({"id":"x","one":1,"kept":true,"into":[{"count":"y"}],"two":2})").error();
  std::vector<std::pair<std::string, std::string>> told{
      {error.arguments.back().second, error.code}};
  for (const Error& other : error.also)
    told.emplace_back(other.arguments.back().second, other.code);
  const std::vector<std::pair<std::string, std::string>> wanted{
      {"one", "base.json_unknown"},
      {"two", "base.json_unknown"},
      {"id", "base.json_expected_integer"},
      {"on", "base.json_missing"},
      {"shape", "base.json_missing"},
      {"into[0].name", "base.json_missing"},
      {"into[0].count", "base.json_expected_integer"}};
  EXPECT_EQ(told, wanted);
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
  EXPECT_EQ(read(many + "}").error().also.size(), 19U) << "not more than anybody reads";
}

TEST(Json, NumbersAreFinite) {
  for (const auto* number : {"1e999", "-1e999", "2e308"})
    EXPECT_EQ(parse_json("[" + std::string(number) + "]").error().code, "base.json_malformed")
        << number;
  const boost::json::value infinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(from_json<double>(infinite).error().code, "base.json_expected_number");
  EXPECT_EQ(from_json<std::vector<double>>(*parse_json("[1e-400,-0.0]")).value()[0], 0.0);
}

TEST(Json, WhatIsNotJsonIsRefusedWithItsPlace) {
  EXPECT_EQ(parse_json("{\"a\":1,}").error().arguments.front().second, "8");
  for (const std::string text : {"", "{", "{} x", "\"\xff\"", "{'a':1}"}) {
    EXPECT_EQ(parse_json(text).error().code, "base.json_malformed") << text;
  }
  EXPECT_EQ(parse_json(std::string(100, '[')).error().code, "base.json_malformed");
  EXPECT_EQ(parse_json(std::string(17 << 20, ' ')).error().code, "base.json_too_large");
}

}  // namespace
}  // namespace jishi
