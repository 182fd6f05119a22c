#include "modules/workflow/play_table/table.hpp"

#include <regex>

#include "base/feel/json.hpp"
#include "base/text.hpp"

namespace jishi::workflow {

namespace {

using Entries = feel::Value::Entries;

constexpr std::pair<std::string_view, std::string_view> kVerbs[] = {
    {"开始", "start"},        {"办理", "approve"},
    {"同意", "approve"},      {"不同意", "reject"},
    {"退回", "send back"},    {"撤回", "withdraw"},
    {"认领", "claim"},        {"放回", "release"},
    {"转交", "transfer"},     {"委派", "delegate"},
    {"加签", "add signer"},   {"减签", "remove signer"},
    {"抄送", "copy"},         {"催办", "urge"},
    {"中止", "suspend"},      {"恢复", "resume"},
    {"终止", "end"},          {"收到", "message"},
    {"完成", "service done"}, {"出错", "service failed"},
    {"等", "advance"}};

constexpr std::pair<std::string_view, std::string_view> kOver[] = {
    {"办结", "completed"}, {"终止", "ended"}, {"失败", "failed"}};

Error wrong(int line, std::string_view code, const std::string& what = {}) {
  return fail(ErrorKind::invalid, code, {{"line", std::to_string(line)}, {"what", what}});
}

std::string trimmed(std::string_view text) {
  return std::string(trim(text));
}

std::vector<std::string> split(std::string_view text, std::string_view by) {
  std::vector<std::string> parts;
  for (;;) {
    const auto at = text.find(by);
    parts.push_back(trimmed(text.substr(0, at)));
    if (at == text.npos) return parts;
    text.remove_prefix(at + by.size());
  }
}

/// Splits at ； outside of quotes and brackets.
std::vector<std::string> parts_of(std::string_view text) {
  constexpr std::string_view kBy = "；";
  std::vector<std::string> parts(1);
  int depth = 0;
  bool quoted = false;
  while (!text.empty()) {
    if (depth == 0 && !quoted && text.starts_with(kBy)) {
      parts.emplace_back();
      text.remove_prefix(kBy.size());
      continue;
    }
    const char sign = text.front();
    if (sign == '"') quoted = !quoted;
    if (!quoted) depth += (sign == '[' || sign == '{') - (sign == ']' || sign == '}');
    parts.back() += sign;
    text.remove_prefix(1);
  }
  for (std::string& part : parts) part = trimmed(part);
  std::erase_if(parts, [](const std::string& part) { return part.empty(); });
  return parts;
}

std::optional<Error> read_values(std::string_view text, int line, Entries& values) {
  static const std::regex named("[A-Za-z_][A-Za-z0-9_.]*");
  for (const std::string& part : parts_of(text)) {
    const auto equals = part.find('=');
    const std::string name = trimmed(std::string_view(part).substr(0, equals));
    if (equals == part.npos || !std::regex_match(name, named))
      return wrong(line, "workflow.table_value", part);
    const std::string value = trimmed(std::string_view(part).substr(equals + 1));
    auto json = feel::value_from_json(value);
    std::erase_if(values, [&](const auto& entry) { return entry.first == name; });
    values.emplace_back(name, json ? std::move(*json) : feel::Value(value));
  }
  return std::nullopt;
}

/// `3天`, `2个月` as the clock of a script takes it; empty: neither.
std::string span_of(const std::string& text) {
  static const std::regex written("([0-9]+)(天|个月|年|小时)");
  std::smatch found;
  if (!std::regex_match(text, found, written)) return {};
  const std::string number = found[1];
  if (found[2] == "天") return "P" + number + "D";
  if (found[2] == "个月") return "P" + number + "M";
  return found[2] == "年" ? "P" + number + "Y" : "PT" + number + "H";
}

class Reader {
 public:
  std::optional<Error> read(std::string_view text) {
    for (std::size_t at = 0; at <= text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      const std::string_view line = text.substr(at, end - at);
      at = end + 1;
      ++line_;
      const auto words = trim(line);
      if (words.empty() || words.front() == '#') continue;
      const bool inside = line.front() == ' ' || line.front() == '\t';
      if (auto error = inside ? content(split(words, "|")) : head(words)) return error;
    }
    return std::nullopt;
  }

  Table take() { return std::move(table_); }

 private:
  std::optional<Error> head(std::string_view words) {
    const auto space = std::min(words.find(' '), words.size());
    section_ = std::string(words.substr(0, space));
    const std::string rest = trimmed(words.substr(space));
    if (section_ == "流程" || section_ == "人物") return std::nullopt;
    if (section_ == "起始") {
      table_.begins = rest;
    } else if (section_ == "给定") {
      return read_values(rest, line_, table_.given);
    } else if (section_ == "服务") {
      const auto bar = std::min(rest.find('|'), rest.size());
      Entries& values = table_.services[trimmed(std::string_view(rest).substr(0, bar))];
      return bar == rest.size() ? std::nullopt : read_values(rest.substr(bar + 1), line_, values);
    } else if (section_ == "情形") {
      const auto bar = rest.find('|');
      const auto like = bar == rest.npos ? std::string() : trimmed(rest.substr(bar + 1));
      return begin_case(trimmed(rest.substr(0, bar)), like);
    } else if (section_ == "决策") {
      decision_ = rest;
    } else {
      return wrong(line_, "workflow.table_section", section_);
    }
    return std::nullopt;
  }

  std::optional<Error> begin_case(const std::string& name, const std::string& like) {
    static const std::regex written("接 (.+) 至 (.+)");
    TableCase made{name, {}};
    for (const TableCase& one : table_.cases) {
      if (one.name == name) return wrong(line_, "workflow.table_case_twice", name);
    }
    std::smatch found;
    if (!like.empty()) {
      bool reached = false;
      if (std::regex_match(like, found, written)) {
        for (const TableCase& one : table_.cases) {
          if (one.name != found[1].str()) continue;
          for (const TableRow& row : one.rows) {
            reached = reached || row.state == found[2].str();
            if (!reached) made.rows.push_back(row);
          }
        }
      }
      if (!reached) return wrong(line_, "workflow.table_like", like);
    }
    rows_ += made.rows.size();
    table_.cases.push_back(std::move(made));
    return std::nullopt;
  }

  std::optional<Error> content(const std::vector<std::string>& cells) {
    if (++rows_ > kMostTableRows)
      return wrong(line_, "workflow.table_too_long", std::to_string(kMostTableRows));
    if (section_ == "人物") {
      auto& held = table_.people[cells[0]];
      for (const std::string& role : split(cells.size() > 1 ? cells[1] : "", "、")) {
        const auto at = std::min(role.find('@'), role.size());
        if (!role.empty())
          held.emplace(role.substr(0, at), at == role.size() ? "" : role.substr(at + 1));
      }
      return std::nullopt;
    }
    if (section_ == "情形" && !table_.cases.empty())
      return cells[0] == "状态" ? std::nullopt : row(cells);
    if (section_ != "决策") return wrong(line_, "workflow.table_section", cells[0]);
    if (cells[0] == "输入") return std::nullopt;
    const auto hash = decision_.find('#');
    if (cells.size() != 2 || hash == decision_.npos)
      return wrong(line_, "workflow.table_columns", "2");
    TableChoice choice{line_, decision_.substr(0, hash), decision_.substr(hash + 1), {}, {}};
    if (auto error = read_values(cells[0], line_, choice.inputs)) return error;
    if (auto error = read_values(cells[1], line_, choice.outputs)) return error;
    table_.choices.push_back(std::move(choice));
    return std::nullopt;
  }

  std::optional<Error> row(const std::vector<std::string>& cells) {
    if (cells.size() != 5) return wrong(line_, "workflow.table_columns", "5");
    TableRow made;
    made.line = line_;
    made.state = cells[0];
    made.who = cells[1];
    const auto space = std::min(cells[2].find(' '), cells[2].size());
    made.verb = cells[2].substr(0, space);
    made.word = trimmed(std::string_view(cells[2]).substr(space));
    if (table_verb(made.verb).empty()) return wrong(line_, "workflow.table_verb", made.verb);
    if (made.verb == "等") made.word = span_of(made.word);
    if (made.verb == "等" && made.word.empty())
      return wrong(line_, "workflow.table_verb", cells[2]);
    if (auto error = read_values(cells[3], line_, made.variables)) return error;
    if (auto error = verdict(cells[4], made)) return error;
    table_.cases.back().rows.push_back(std::move(made));
    return std::nullopt;
  }

  std::optional<Error> verdict(const std::string& text, TableRow& row) const {
    constexpr std::string_view kRefused = "不可";
    constexpr std::string_view kSent = "发出";
    const auto parts = parts_of(text);
    const std::string first = parts.empty() ? "" : parts.front();
    for (const auto& [word, status] : kOver) {
      if (first == word) row.over = status;
    }
    if (first.starts_with(kRefused))
      row.refused = trimmed(std::string_view(first).substr(kRefused.size()));
    else if (row.over.empty() && !first.empty())
      row.stands = split(first, "、");
    if (row.refused.empty() && row.over.empty() && row.stands.empty())
      return wrong(line_, "workflow.table_verdict");
    for (std::size_t at = 1; at < parts.size(); ++at) {
      if (parts[at].starts_with(kSent))
        row.sent.push_back(trimmed(std::string_view(parts[at]).substr(kSent.size())));
      else if (auto error = read_values(parts[at], line_, row.values))
        return error;
    }
    return std::nullopt;
  }

  Table table_;
  std::string section_, decision_;
  std::size_t rows_ = 0;
  int line_ = 0;
};

}  // namespace

std::string_view table_verb(std::string_view word) {
  for (const auto& [chinese, verb] : kVerbs) {
    if (chinese == word) return verb;
  }
  return {};
}

Result<Table> read_table(std::string_view text) {
  Reader reader;
  if (text.size() > kMostTableBytes)
    return wrong(0, "workflow.table_too_long", std::to_string(kMostTableRows));
  if (auto error = reader.read(text)) return std::move(*error);
  return reader.take();
}

}  // namespace jishi::workflow
