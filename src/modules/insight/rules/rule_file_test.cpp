#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/insight/insight.hpp"
#include "modules/insight/rules/test_pack.hpp"

namespace jishi::insight {
namespace {

std::string argument(const Error& error, std::string_view name) {
  for (const auto& [known, value] : error.arguments) {
    if (known == name) return value;
  }
  return {};
}

/// The refusal of a pack: `few.sql:20 reason`, or nothing.
std::string refusal(const TestPack& pack) {
  const auto rules = load_rules(pack.folder());
  if (rules) return {};
  const Error& error = rules.error();
  if (error.code != "insight.rule_invalid") return error.code;
  return fmt::format("{}:{} {}", std::filesystem::path(argument(error, "file")).filename().string(),
                     argument(error, "line"), argument(error, "reason"));
}

TEST(RuleFile, a_whole_rule_is_taken) {
  TestPack pack;
  pack.add_rule();
  const auto rules = load_rules(pack.folder());
  ASSERT_TRUE(rules) << argument(rules.error(), "reason");
  const Rule& rule = rules->front();
  EXPECT_EQ(rule.id, "test/few");
  EXPECT_EQ(rule.evidence, std::vector<std::string>{"members"});
  EXPECT_EQ(rule.row_columns, std::vector<std::string>{"person"});
  EXPECT_FALSE(rule.keeps);
  EXPECT_EQ(rule.query_line, 20);
  EXPECT_EQ(rule.rows_line, 26);
}

struct BadRule {
  const char* name;
  const char* from;
  const char* to;
  const char* where;   // file:line
  const char* reason;  // a part of it
};

class RefusedRules : public ::testing::TestWithParam<BadRule> {};

TEST_P(RefusedRules, name_file_line_and_reason) {
  const BadRule& bad = GetParam();
  TestPack pack;
  const std::string text = replaced(TestPack::rule(), bad.from, bad.to);
  ASSERT_NE(text, TestPack::rule());
  pack.add_rule(text);
  const std::string said = refusal(pack);
  EXPECT_TRUE(said.starts_with(bad.where)) << said;
  EXPECT_NE(said.find(bad.reason), said.npos) << said;
}

const BadRule kBadRules[] = {
    {"syntax", "LEFT JOIN member", "LEFT JON member", "few.sql:24 ", "syntax error"},
    {"syntax_of_rows", "FROM member AS m\n", "FRO member AS m\n", "few.sql:27 ", "syntax error"},
    {"unknown_mart", "LEFT JOIN member", "LEFT JOIN wages", "few.sql:24 ", "wages"},
    {"unknown_mart_of_rows", "FROM member AS m\n", "FROM wages AS m\n", "few.sql:27 ", "wages"},
    {"unknown_column", "count(m.person) AS", "count(m.wage) AS", "few.sql:22 ", "wage"},
    {"missing_key", "-- why.en: To try.\n", "", "few.sql:1 ", "why.en"},
    {"unknown_key", "-- owner: nobody", "-- keeper: nobody", "few.sql:15 ", "unknown key keeper"},
    {"doubled_key", "-- owner: nobody", "-- risk: low", "few.sql:16 ", "risk is given twice"},
    {"empty_key", "-- owner: nobody", "-- owner:  ", "few.sql:15 ", "owner is empty"},
    {"no_key", "-- owner: nobody", "-- owned by nobody", "few.sql:15 ", "-- key: value"},
    {"parameter_without_range", " range 1..9", "", "few.sql:19 ", "parameter"},
    {"parameter_out_of_range", "default 2", "default 10", "few.sql:19 ", "parameter"},
    {"parameter_no_number", "1..9", "1..many", "few.sql:19 ", "parameter"},
    {"parameter_no_name", "least int", "le-ast int", "few.sql:19 ", "parameter"},
    {"parameter_and_more", "1..9", "1..9 days", "few.sql:19 ", "parameter"},
    {"parameter_doubled", "1..9\n", "1..9\n-- param: least int default 2 range 1..9\n",
     "few.sql:20 ", "given twice"},
    {"another_id", "-- rule: test/few", "-- rule: test/many", "few.sql:1 ", "test/few"},
    {"bad_subject", "subject: organisation", "subject: house", "few.sql:4 ", "one of"},
    {"bad_version", "version: 1", "version: one", "few.sql:17 ", "whole number"},
    {"bad_date", "2026-01-01", "2026-02-30", "few.sql:18 ", "valid_from"},
    {"no_level", "AS level", "AS height", "few.sql:20 ", "no column level"},
    {"no_subject_of_rows", "m.organisation AS subject", "m.organisation AS it", "few.sql:26 ",
     "no column subject"},
    {"semicolon", "GROUP BY o.organisation", "GROUP BY o.organisation;", "few.sql:24 ", "';'"},
    {"no_rows", "-- rows:\n", "", "few.sql:2", ""},
    {"too_large", "-- rows:", nullptr, "few.sql:1 ", "64 KB"},
};

BadRule large_rule(const BadRule& bad) {
  static const std::string filling = "-- rows:\n" + std::string(70'000, ' ');
  return bad.to != nullptr ? bad
                           : BadRule{bad.name, bad.from, filling.c_str(), bad.where, bad.reason};
}

std::vector<BadRule> bad_rules() {
  std::vector<BadRule> rules;
  for (const BadRule& bad : kBadRules) rules.push_back(large_rule(bad));
  return rules;
}

INSTANTIATE_TEST_SUITE_P(Each, RefusedRules, ::testing::ValuesIn(bad_rules()),
                         [](const auto& rule) { return rule.param.name; });

TEST(RuleFile, a_rule_without_tests_is_refused) {
  TestPack pack;
  pack.add_rule();
  std::filesystem::remove(pack.file("few.test.toml"));
  EXPECT_EQ(refusal(pack), "few.sql:1 has no tests: few.test.toml");
}

TEST(RuleFile, tests_have_a_violating_a_clean_and_an_empty_case) {
  for (const std::string kind : {"violating", "clean", "empty"}) {
    TestPack pack;
    pack.add_rule();
    std::string tests;
    for (const std::string other : {"violating", "clean", "empty"}) {
      if (other != kind) tests += "[[case]]\nkind = \"" + other + "\"\n";
    }
    pack.write("few.test.toml", tests);
    EXPECT_EQ(refusal(pack), "few.test.toml:1 lacks a test case of kind \"" + kind + "\"");
  }
}

TEST(RuleFile, a_pack_without_rules_is_refused) {
  TestPack pack;
  EXPECT_EQ(refusal(pack), "insight.no_rules");
}

TEST(RuleFile, nothing_starts_with_a_bad_rule) {
  TestPack pack;
  pack.add_rule(replaced(TestPack::rule(), "LEFT JOIN member", "LEFT JOIN wages"));
  TestStore store;
  InsightOptions options;
  options.pack = pack.folder();
  const auto opened = Insight::open(*store, options);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "insight.rule_invalid");
  EXPECT_EQ(argument(opened.error(), "line"), "24");
  EXPECT_FALSE(std::filesystem::exists(store.options().folder / "marts.duckdb"));
}

}  // namespace
}  // namespace jishi::insight
