#include "modules/insight/rules/rule_file.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

namespace jishi::insight {

namespace {

constexpr std::string_view kRowsMark = "-- rows:";
constexpr std::string_view kNameLetters = "abcdefghijklmnopqrstuvwxyz_";
constexpr std::size_t kMaxRuleFile = 64 * 1024;
constexpr std::size_t kMaxRules = 1'000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// warn_days int default 15 range 0..60
std::optional<RuleParameter> parameter(std::string_view text) {
  std::istringstream words{std::string(text)};
  std::string name;
  std::string type;
  std::string default_word;
  std::string standard;
  std::string range_word;
  std::string range;
  std::string rest;
  words >> name >> type >> default_word >> standard >> range_word >> range >> rest;
  const bool named = !name.empty() && name.find_first_not_of(kNameLetters) == name.npos;
  if (!named || !rest.empty() || range_word != "range") return std::nullopt;
  const auto dots = range.find("..");
  if (type != "int" || default_word != "default" || range_word != "range" || dots == range.npos)
    return std::nullopt;
  const auto value = integer(standard);
  const auto least = integer(std::string_view(range).substr(0, dots));
  const auto most = integer(std::string_view(range).substr(dots + 2));
  if (!value || !least || !most || *value < *least || *value > *most) return std::nullopt;
  return RuleParameter{name, *value, *least, *most};
}

/// Collects the header of a rule file, line by line.
class Header {
 public:
  explicit Header(Rule& rule) : rule_(rule) {}

  /// Why the line is not a header line; empty when it is.
  std::string take(std::string_view key, std::string_view value) {
    if (value.empty()) return fmt::format("{} is empty", key);
    if (key == "param") {
      const auto parsed = parameter(value);
      if (!parsed) return "a parameter is 'name int default N range A..B' with N within A..B";
      for (const RuleParameter& known : rule_.parameters) {
        if (known.name == parsed->name)
          return fmt::format("parameter {} is given twice", known.name);
      }
      rule_.parameters.push_back(*parsed);
      return {};
    }
    if (!seen_.insert({std::string(key), true}).second)
      return fmt::format("{} is given twice", key);
    if (std::string* text = text_of(key)) {
      *text = value;
      return {};
    }
    return typed(key, value);
  }

  /// The first of the keys that are required and missing.
  std::string missing() const {
    for (const std::string_view key :
         {"rule", "title", "title.en", "subject", "severity", "basis", "why", "why.en", "remedy",
          "remedy.en", "lit", "lit.en", "clear", "clear.en", "owner", "risk", "version",
          "valid_from"}) {
      if (!seen_.contains(std::string(key))) return std::string(key);
    }
    return {};
  }

 private:
  std::string* text_of(std::string_view key) {
    const std::pair<std::string_view, std::string*> texts[] = {
        {"title", &rule_.title.zh},      {"title.en", &rule_.title.en},
        {"basis", &rule_.basis},         {"why", &rule_.why.zh},
        {"why.en", &rule_.why.en},       {"remedy", &rule_.remedy.zh},
        {"remedy.en", &rule_.remedy.en}, {"lit", &rule_.lit.zh},
        {"lit.en", &rule_.lit.en},       {"clear", &rule_.clear.zh},
        {"clear.en", &rule_.clear.en},   {"owner", &rule_.owner}};
    for (const auto& [name, text] : texts) {
      if (name == key) return text;
    }
    return nullptr;
  }

  std::string typed(std::string_view key, std::string_view value) {
    const auto one_of = [&](std::string& target,
                            std::initializer_list<std::string_view> allowed) -> std::string {
      target = value;
      const bool known = std::find(allowed.begin(), allowed.end(), value) != allowed.end();
      return known ? "" : fmt::format("{} is one of {}", key, fmt::join(allowed, ", "));
    };
    if (key == "rule")
      return value == rule_.id ? "" : "the rule's id is its folder and file name: " + rule_.id;
    if (key == "subject") return one_of(rule_.subject, {"organisation", "person"});
    if (key == "severity") return one_of(rule_.severity, {"yellow", "red"});
    if (key == "risk") return one_of(rule_.risk, {"low", "medium", "high"});
    if (key == "version") {
      const auto number = integer(value);
      if (!number || *number < 1 || *number > 10'000) return "version is a whole number from 1";
      rule_.version = static_cast<int>(*number);
      return {};
    }
    if (key == "valid_from" || key == "valid_to") {
      const auto day = parse_iso_date(value);
      if (!day) return fmt::format("{} is a date such as 2026-01-01", key);
      if (key == "valid_from") rule_.valid_from = *day;
      if (key == "valid_to") rule_.valid_to = *day;
      return {};
    }
    return fmt::format("unknown key {}", key);
  }

  Rule& rule_;
  std::map<std::string, bool> seen_;
};

Result<std::string> read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return rule_error(file, 1, "cannot be read");
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (text.size() > kMaxRuleFile) return rule_error(file, 1, "longer than 64 KB");
  return text;
}

// The kinds of cases that show that a rule was tried: it lights, it does not, and nothing does not
// trouble it.
Result<Done> check_tests(const std::filesystem::path& rule_file) {
  auto file = rule_file;
  file.replace_extension(".test.toml");
  if (!std::filesystem::exists(file))
    return rule_error(rule_file, 1, "has no tests: " + file.filename().string());
  const auto text = read_file(file);
  if (!text) return text.error();
  for (const std::string_view kind : {"violating", "clean", "empty"}) {
    if (text->find(fmt::format("kind = \"{}\"", kind)) == std::string::npos) {
      return rule_error(file, 1, fmt::format("lacks a test case of kind \"{}\"", kind));
    }
  }
  return Done{};
}

}  // namespace

Error rule_error(const std::filesystem::path& file, int line, std::string reason) {
  return fail(
      ErrorKind::refused, "insight.rule_invalid",
      {{"file", file.string()}, {"line", std::to_string(line)}, {"reason", std::move(reason)}});
}

Result<Rule> parse_rule(std::string_view id, const std::filesystem::path& file,
                        std::string_view text) {
  Rule rule;
  rule.id = id;
  rule.file = file.string();
  Header header(rule);
  int number = 0;
  bool in_rows = false;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line == kRowsMark) {
      in_rows = true;
      continue;
    }
    if (line.starts_with("-- ") && rule.query.empty()) {
      const auto colon = line.find(": ");
      if (colon == line.npos) return rule_error(file, number, "a header line is '-- key: value'");
      const auto refusal = header.take(trimmed(std::string_view(line).substr(3, colon - 3)),
                                       trimmed(std::string_view(line).substr(colon + 2)));
      if (!refusal.empty()) return rule_error(file, number, refusal);
      continue;
    }
    std::string& target = in_rows ? rule.rows_query : rule.query;
    if (target.empty() && trimmed(line).empty()) continue;
    if (target.empty()) (in_rows ? rule.rows_line : rule.query_line) = number;
    if (line.find(';') != line.npos)
      return rule_error(file, number, "a rule is one query without ';'");
    target += line + "\n";
  }
  const std::string missing = header.missing();
  if (!missing.empty()) return rule_error(file, 1, "the header lacks '-- " + missing + ":'");
  if (rule.query.empty()) return rule_error(file, number, "there is no query");
  if (rule.rows_query.empty())
    return rule_error(file, number, "there is no query behind '-- rows:'");
  return rule;
}

Result<std::vector<Rule>> read_rules(const std::filesystem::path& pack) {
  const auto folder = pack / "rules";
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (auto entry = std::filesystem::recursive_directory_iterator(folder, error);
       !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".sql") files.push_back(entry->path());
  }
  if (error || files.empty() || files.size() > kMaxRules) {
    return fail(ErrorKind::unavailable, "insight.no_rules", {{"folder", folder.string()}});
  }
  std::vector<Rule> rules;
  for (const auto& file : files) {
    const auto text = read_file(file);
    if (!text) return text.error();
    auto id = file.lexically_relative(folder).replace_extension();
    auto rule = parse_rule(id.generic_string(), file, *text);
    if (!rule) return rule.error();
    if (auto tested = check_tests(file); !tested) return tested.error();
    rules.push_back(std::move(*rule));
  }
  std::sort(rules.begin(), rules.end(),
            [](const Rule& left, const Rule& right) { return left.id < right.id; });
  return rules;
}

}  // namespace jishi::insight
