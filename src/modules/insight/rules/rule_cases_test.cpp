#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <toml++/toml.h>

#include "modules/insight/rules/evaluate.hpp"

namespace jishi::insight {
namespace {

const std::filesystem::path kPack = JISHI_SOURCE_DIR "/packs/party";

const std::vector<Rule>& pack_rules() {
  static const std::vector<Rule> rules = [] {
    auto loaded = load_rules(kPack);
    if (!loaded) throw std::runtime_error(loaded.error().code);
    return std::move(*loaded);
  }();
  return rules;
}

std::string text_of(const toml::node& node) {
  if (const auto* date = node.as_date()) {
    const toml::date& day = date->get();
    return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
  }
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  throw std::runtime_error("a cell is a date, a text, a whole number or true or false");
}

std::string text_of(const boost::json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  return boost::json::serialize(value);
}

/// One case of a test file, in marts of its own.
class Case {
 public:
  explicit Case(const toml::table& table) : table_(table) {
    auto marts = Marts::without_store({}, 1);
    if (!marts) throw std::runtime_error(marts.error().code);
    marts_ = std::move(*marts);
    run("create table light (rule text, organisation bigint, subject bigint, level text)");
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (name == "ancestry") fill("mart.ancestry", node);
      if (name == "light") fill("light", node);
      for (const std::string_view mart :
           {"organisation", "member", "post", "activity", "payment", "task"})
        if (name == mart) fill(fmt::format("mart.{}_base", mart), node);
    }
  }

  std::string name() const { return table_["name"].value_or(std::string("?")); }
  Date as_of() const { return *parse_iso_date(text_of(*table_.get("as_of"))); }
  Marts& marts() { return *marts_; }
  const toml::array& expected() const { return *table_["expect"].as_array(); }

  void set_parameters(const Rule& rule) {
    const auto* settings = table_["setting"].as_array();
    if (settings == nullptr) return;
    for (const auto& setting : *settings) {
      for (const auto& [key, value] : *setting.as_table()) {
        if (key.str() == "organisation") continue;
        const bool known = std::any_of(rule.parameters.begin(), rule.parameters.end(),
                                       [&](const auto& p) { return p.name == key.str(); });
        EXPECT_TRUE(known) << "no parameter " << key.str();
        run(fmt::format("insert into mart.parameter_value values ('{}', '{}', {}, {})", rule.id,
                        key.str(), text_of(*setting.as_table()->get("organisation")),
                        text_of(value)));
      }
    }
    EXPECT_TRUE(marts_->note_parameters());
  }

  /// Every organisation that the rows name.
  std::set<Id> organisations() const {
    std::set<Id> ids;
    for (const auto& [key, node] : table_) {
      const auto* rows = node.as_array();
      if (rows == nullptr || key.str() == "expect") continue;
      for (const auto& row : *rows) {
        if (const auto id = row.as_table()->get_as<std::int64_t>("organisation"))
          ids.insert(id->get());
      }
    }
    return ids;
  }

 private:
  void run(const std::string& sql) {
    const auto done = marts_->connection().execute(sql);
    if (!done) throw std::runtime_error(done.error().arguments.back().second + "\n" + sql);
  }

  void fill(const std::string& table, const toml::node& rows) {
    for (const auto& row : *rows.as_array()) {
      std::vector<std::string> columns;
      std::vector<std::string> values;
      for (const auto& [key, value] : *row.as_table()) {
        columns.emplace_back(key.str());
        values.push_back("'" + text_of(value) + "'");
      }
      run(fmt::format("insert into {} ({}) values ({})", table, fmt::join(columns, ", "),
                      fmt::join(values, ", ")));
    }
  }

  const toml::table& table_;
  std::unique_ptr<Marts> marts_;
};

toml::table tests_of(const std::filesystem::path& file) {
  return toml::parse_file(file.string());
}

/// What a rule said of a subject, as texts by name.
using Said = std::map<std::string, std::string>;

Said said_of(const Assessment& assessment) {
  Said said{{"level", assessment.level}};
  if (assessment.since) said["since"] = to_iso(*assessment.since);
  if (assessment.due) said["due"] = to_iso(*assessment.due);
  for (const auto& [name, value] : assessment.evidence) {
    if (!value.is_null()) said[std::string(name)] = text_of(value);
  }
  return said;
}

std::map<Id, Said> said_by_subject(const std::vector<Verdict>& verdicts) {
  std::map<Id, Said> said;
  for (const Verdict& verdict : verdicts) {
    if (verdict.assessment.level.empty()) continue;
    EXPECT_TRUE(said.emplace(verdict.assessment.subject, said_of(verdict.assessment)).second)
        << "two lights of subject " << verdict.assessment.subject;
  }
  return said;
}

void compare(const std::map<Id, Said>& said, const toml::array& expected) {
  EXPECT_EQ(said.size(), expected.size());
  for (const auto& node : expected) {
    const toml::table& light = *node.as_table();
    const Id subject = light["subject"].value_or(Id{0});
    const auto found = said.find(subject);
    ASSERT_NE(found, said.end()) << "no light of subject " << subject;
    for (const auto& [key, value] : light) {
      const std::string name(key.str());
      if (name == "subject") continue;
      const auto held = found->second.find(name);
      EXPECT_EQ(held == found->second.end() ? "null" : held->second, text_of(value))
          << name << " of subject " << subject;
    }
  }
}

void run_rule_case(const Rule& rule, const toml::table& table) {
  Case test(table);
  test.set_parameters(rule);
  const std::vector<Rule> only{rule};
  Evaluation evaluation(test.marts(), only);
  auto whole = evaluation.whole(test.as_of(), Rows::with);
  ASSERT_TRUE(whole) << whole.error().arguments.back().second;
  compare(said_by_subject(*whole), test.expected());

  std::vector<Verdict> alone;
  for (const Id organisation : test.organisations()) {
    const Scope scope{{organisation}, evaluation.rules_for(test.as_of())};
    auto found = evaluation.within(scope, test.as_of());
    ASSERT_TRUE(found) << found.error().arguments.back().second;
    alone.insert(alone.end(), found->begin(), found->end());
  }
  EXPECT_EQ(said_by_subject(alone), said_by_subject(*whole)) << "each organisation alone";
}

std::vector<std::string> rule_ids() {
  std::vector<std::string> ids;
  const auto folder = kPack / "rules";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".sql")
      ids.push_back(entry.path().lexically_relative(folder).replace_extension().string());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

class RuleCases : public ::testing::TestWithParam<std::string> {};

TEST_P(RuleCases, light_what_they_should) {
  const auto& rules = pack_rules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [](const Rule& rule) { return rule.id == GetParam(); });
  ASSERT_NE(found, rules.end());
  const Rule& rule = *found;
  const auto file = std::filesystem::path(rule.file).replace_extension(".test.toml");
  const toml::table tests = tests_of(file);
  const auto* cases = tests["case"].as_array();
  ASSERT_NE(cases, nullptr);
  for (const auto& node : *cases) {
    const toml::table& table = *node.as_table();
    SCOPED_TRACE(rule.id + ": " + table["name"].value_or(std::string("?")));
    run_rule_case(rule, table);
  }
}

std::string rule_test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Pack, RuleCases, ::testing::ValuesIn(rule_ids()), rule_test_name);

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> names;
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    names.emplace(text.substr(open + 1, text.find('}', open) - open - 1));
  }
  return names;
}

TEST(RuleTexts, say_only_what_stands_in_the_evidence) {
  for (const Rule& rule : pack_rules()) {
    std::set<std::string> known(rule.evidence.begin(), rule.evidence.end());
    known.insert({"since", "due"});
    for (const std::string* text : {&rule.lit.zh, &rule.lit.en, &rule.clear.zh, &rule.clear.en}) {
      for (const std::string& name : placeholders(*text))
        EXPECT_TRUE(known.contains(name)) << rule.id << " has no {" << name << "}: " << *text;
    }
    EXPECT_EQ(placeholders(rule.lit.zh), placeholders(rule.lit.en)) << rule.id;
    EXPECT_EQ(placeholders(rule.clear.zh), placeholders(rule.clear.en)) << rule.id;
  }
}

TEST(RuleTexts, parameters_are_used) {
  for (const Rule& rule : pack_rules()) {
    for (const RuleParameter& parameter : rule.parameters)
      EXPECT_NE(rule.query.find("." + parameter.name), std::string::npos)
          << rule.id << " does not use " << parameter.name;
  }
}

TEST(Rollups, give_what_they_should) {
  for (const std::string name : {"structure", "lights"}) {
    std::ifstream file(kPack / "rollups" / (name + ".sql"), std::ios::binary);
    const std::string query{std::istreambuf_iterator<char>(file), {}};
    const toml::table tests = tests_of(kPack / "rollups" / (name + ".test.toml"));
    for (const auto& node : *tests["case"].as_array()) {
      Case test(*node.as_table());
      SCOPED_TRACE(name + ": " + test.name());
      std::set<Said> expected;
      std::set<std::string> columns;
      for (const auto& row : test.expected()) {
        Said cells;
        for (const auto& [key, value] : *row.as_table()) {
          cells.emplace(key.str(), text_of(value));
          columns.emplace(key.str());
        }
        expected.insert(cells);
      }
      auto rows = test.marts().connection().query(rollup_query(query, test.as_of()));
      ASSERT_TRUE(rows) << rows.error().arguments.back().second;
      std::set<Said> found;
      while (rows->next()) {
        Said cells;
        for (std::size_t i = 0; i < rows->column_count(); ++i)
          cells.emplace(rows->column_name(i), text_of(rows->get_json(i)));
        found.insert(cells);
      }
      EXPECT_EQ(found, expected);
    }
  }
}

}  // namespace
}  // namespace jishi::insight
