#include <gtest/gtest.h>

#include "base/texts.hpp"
#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

class Commands : public testing::Test {
 protected:
  Result<boost::json::value> call(std::string_view name, std::string_view text,
                                  bool preview = false) {
    const auto entries = commands();
    const CommandEntry* entry = find_command(entries, name);
    const auto json = parse_json(text);
    if (entry == nullptr || !json) throw std::runtime_error("no such command, or not JSON");
    return (preview ? entry->preview : entry->run)(*store, kTester, *json);
  }
  std::string say_refusal(std::string_view name, std::string_view text) {
    const auto done = call(name, text);
    return done ? "" : say(Language::en, done.error());
  }

  TestStore store{kToday};
};

TEST_F(Commands, EachHasATextInBothLanguagesAndItsFields) {
  for (const CommandEntry& entry : commands()) {
    EXPECT_TRUE(entry.name.starts_with("registry."));
    EXPECT_NE(say(Language::zh, entry.summary), entry.summary);
    EXPECT_NE(say(Language::en, entry.summary), say(Language::zh, entry.summary));
    EXPECT_FALSE(entry.fields.empty());
  }
  EXPECT_EQ(find_command(commands(), "registry.nothing"), nullptr);
}

TEST_F(Commands, AStructureIsMadeAndChangedByJson) {
  ASSERT_TRUE(call("registry.create_organisation",
                   R"({"code":"R","name":"区委","kind":"committee","on":"2000-01-01"})"));
  for (const std::string code : {"A", "B"}) {
    ASSERT_TRUE(call("registry.create_organisation",
                     R"({"parent":"R","kind":"branch","on":"2001-01-01","code":")" + code +
                         R"(","name":"支部)" + code + "\"}"));
  }
  const std::string move = R"({"organisation":"B","parent":"A"})";
  const auto preview = call("registry.move_organisation", move, true);
  ASSERT_TRUE(preview);
  const auto moved = call("registry.move_organisation", move);
  ASSERT_TRUE(moved);
  EXPECT_EQ(preview->at("organisations"), moved->at("organisations"));
  EXPECT_EQ(moved->at("undo"), "registry.undo");
  const auto undone = call(
      "registry.undo", R"({"command":")" + std::string(moved->at("command").as_string()) + "\"}");
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->at("organisations").at(0).at("to"),
            moved->at("organisations").at(0).at("from"));
}

TEST_F(Commands, ComplaintsNameThePlace) {
  EXPECT_EQ(say_refusal("registry.rename_organisation", R"({"organisation":"X"})"),
            "name: required, but missing");
  EXPECT_EQ(say_refusal("registry.rename_organisation", R"({"organisation":true,"name":"n"})"),
            "organisation: expected a code (a text) or an id (a number)");
  EXPECT_EQ(say_refusal("registry.split_organisation",
                        R"({"organisation":"X","keep":true,"into":[{"name":"a","kind":"b"},)"
                        R"({"name":1}]})"),
            "into[1].name: expected a text");
  EXPECT_EQ(say_refusal("registry.abolish_organisation", R"({"organisation":"X","on":"today"})"),
            "on: expected a date such as 2026-03-01");
  EXPECT_EQ(say_refusal("registry.abolish_organisation", R"({"organisation":"X"})"),
            "There is no organisation X. Check its code.");
}

// A refusal that lacks a value would show its {placeholder} to a person.
TEST_F(Commands, RefusalsFillTheirTexts) {
  found(*store, "R", {}, day(2000, 1, 1));
  found(*store, "A", "R", day(2001, 1, 1));
  join(*store, "M",
       store->read([](db::Reader& reader) { return *organisation_by_code(reader, "A"); }),
       day(2005, 1, 1));
  const std::pair<std::string, std::string> refused[] = {
      {"registry.move_organisation", R"({"organisation":"R","parent":"A"})"},
      {"registry.move_organisation", R"({"organisation":"A","parent":"R"})"},
      {"registry.move_organisation", R"({"organisation":"A","parent":0,"on":"1999-01-01"})"},
      {"registry.move_organisation", R"({"organisation":"A","parent":0,"on":"2999-01-01"})"},
      {"registry.move_organisation", R"({"organisation":"A","parent":0,"structure":"x"})"},
      {"registry.move_organisation", R"({"organisation":"A","parent":"R","structure":"grid"})"},
      {"registry.abolish_organisation", R"({"organisation":"R"})"},
      {"registry.abolish_organisation", R"({"organisation":"A"})"},
      {"registry.reopen_organisation", R"({"organisation":"A"})"},
      {"registry.rename_organisation", R"({"organisation":"A","name":"A"})"},
      {"registry.create_organisation", R"({"name":"A","kind":"branch","parent":"R"})"},
      {"registry.create_organisation", R"({"name":"B","kind":"branch","code":"a"})"},
      {"registry.split_organisation", R"({"organisation":"A","keep":true})"},
      {"registry.split_organisation",
       R"({"organisation":"R","keep":true,"into":[{"name":"X","kind":"b","members":["M"]}]})"},
      {"registry.merge_organisations", R"({"organisations":["A"]})"},
      {"registry.undo", R"({"command":"1"})"},
  };
  for (const auto& [name, text] : refused) {
    const auto done = call(name, text);
    ASSERT_FALSE(done) << name << text;
    for (const Language language : {Language::zh, Language::en}) {
      const std::string said = say(language, done.error());
      EXPECT_NE(said, done.error().code);
      EXPECT_EQ(said.find('{'), std::string::npos) << said;
    }
  }
}

}  // namespace
}  // namespace jishi::registry
