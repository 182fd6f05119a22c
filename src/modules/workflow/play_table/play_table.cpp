#include "modules/workflow/play_table/play_table.hpp"

#include <fmt/ranges.h>

#include "base/feel/json.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "modules/workflow/engine/script.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;
using Entries = Value::Entries;

constexpr std::string_view kOfNobody[] = {"-", "系统", "时间"};
constexpr std::string_view kByRole[] = {"办理", "同意", "不同意", "退回", "认领", "收到"};
constexpr std::string_view kToPerson[] = {"转交", "委派", "加签", "减签", "抄送"};
constexpr std::string_view kNamed[] = {"收到", "出错", "终止"};
constexpr std::string_view kNotAllowed = "无权";

template <std::size_t N>
bool is_in(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::string text_at(const Value& line, std::string_view name) {
  const Value* held = line.entry(name);
  return held == nullptr || held->text() == nullptr ? std::string() : *held->text();
}

const Value* at_path(const Value& value, std::string_view path) {
  const Value* at = &value;
  while (at != nullptr && !path.empty()) {
    const auto dot = path.find('.');
    at = at->entry(path.substr(0, dot));
    path = dot == path.npos ? std::string_view() : path.substr(dot + 1);
  }
  return at;
}

std::string json_of(const Value* value) {
  return value == nullptr ? "null" : feel::json_of(*value);
}

/// As JSON, where the order of a context's entries does not count.
bool is_same(const Value* found, const Value& wanted) {
  const auto one = parse_json(json_of(found));
  const auto other = parse_json(feel::json_of(wanted));
  return one && other && *one == *other;
}

std::optional<Moment> begin_of(const std::string& text) {
  constexpr std::int64_t kDayMs = 86'400'000;
  constexpr std::int64_t kMinuteMs = 60'000;
  constexpr std::int64_t kChinaMs = 8 * 60 * kMinuteMs;
  const auto date = parse_iso_date(std::string_view(text).substr(0, 10));
  if (!date) return std::nullopt;
  std::int64_t minutes = 0;
  if (text.size() >= 16) minutes = std::atoi(text.c_str() + 11) * 60 + std::atoi(text.c_str() + 14);
  return to_days(*date) * kDayMs + minutes * kMinuteMs - kChinaMs;
}

/// Plays one case after the other.
class Player {
 public:
  Player(const Playable& playable, const Table& table, Moment begins, Language language)
      : playable_(playable), table_(table), begins_(begins), language_(language) {
    environment_.decide = [this](const Node& node, const Value& variables, Moment now) {
      return decide(node.task.decision_file, node.task.decision, variables, now);
    };
  }

  std::optional<Error> play(const TableCase& one) {
    Script script(playable_.definition, playable_.scope, environment_, begins_);
    std::vector<std::string> stands;
    for (const TableRow& row : one.rows) {
      line_ = row.line;
      if (auto error = play_row(one, row, script, stands)) return error;
    }
    return std::nullopt;
  }

  std::optional<Error> choose(const TableChoice& choice, Moment now) {
    line_ = choice.line;
    const auto found = decide(choice.file, choice.decision, Value::context(choice.inputs), now);
    if (!found) return found.error();
    for (const auto& [name, wanted] : choice.outputs) {
      const Value* got = name == "_" ? &*found : at_path(*found, name);
      if (!is_same(got, wanted)) return unlike(name, wanted, got);
    }
    return std::nullopt;
  }

 private:
  Error wrong(std::string_view code, std::string what = {}, std::string found = {}) const {
    return fail(
        ErrorKind::refused, code,
        {{"line", std::to_string(line_)}, {"what", std::move(what)}, {"found", std::move(found)}});
  }

  Error unlike(const std::string& name, const Value& wanted, const Value* found) const {
    return wrong("workflow.table_variable", name + " = " + feel::json_of(wanted), json_of(found));
  }

  Result<Value> decide(const std::string& file, const std::string& decision, const Value& variables,
                       Moment now) const {
    const auto model = playable_.models.find(file);
    const auto* what = model == playable_.models.end() ? nullptr : model->second->find(decision);
    if (what == nullptr) return wrong("workflow.table_decision", file + "#" + decision);
    FixedClock clock{Date{}};
    clock.set_ms(now);
    return model->second->decide(*what, variables, clock).value;
  }

  static bool is_standing(const Node& node) {
    return node.kind == NodeKind::user_task || node.kind == NodeKind::manual_task ||
           node.kind == NodeKind::service_task || is_waiting(node);
  }
  static bool is_waiting(const Node& node) {
    return node.kind == NodeKind::receive_task || node.kind == NodeKind::timer_event ||
           node.kind == NodeKind::message_event;
  }

  const Node* named(const std::string& name) const {
    for (const Node& node : playable_.definition->nodes) {
      if ((is_standing(node) || is_boundary(node.kind)) && tidy(node.name) == tidy(name))
        return &node;
    }
    return nullptr;
  }

  std::vector<std::string> standing(const State& state) const {
    std::vector<std::string> names;
    const auto& nodes = playable_.definition->nodes;
    for (const Task& task : state.tasks) names.push_back(tidy(nodes[task.node].name));
    for (const Token& token : state.tokens) {
      if (is_waiting(nodes[token.node])) names.push_back(tidy(nodes[token.node].name));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  bool may(const TableRow& row, const Node* node) const {
    const auto& nodes = playable_.definition->nodes;
    if (row.verb == "开始")
      node = &nodes[playable_.definition->scopes[playable_.scope].start];
    else if (!is_in(kByRole, row.verb) || node == nullptr)
      return true;
    const auto& held = table_.people.at(row.who);
    return node->task.role.empty() || held.contains({node->task.role, node->task.at});
  }

  /// The step of the script for a row.
  Value step_of(const TableRow& row, const Node* node) const {
    if (row.verb == "等") return Value::context({{"advance", Value(row.word)}});
    Entries step{{"do", Value(std::string(table_verb(row.verb)))}};
    const auto add = [&](const char* name, const std::string& text) {
      step.emplace_back(name, Value(text));
    };
    if (!is_in(kOfNobody, row.who)) add("by", row.who);
    if (node != nullptr && row.verb != "收到" && row.verb != "开始") add("task", node->id);
    Entries variables = row.verb == "开始" ? table_.given : Entries();
    for (const auto& entry : row.variables) {
      std::erase_if(variables, [&](const auto& one) { return one.first == entry.first; });
      variables.push_back(entry);
    }
    if (!variables.empty()) step.emplace_back("variables", Value::context(std::move(variables)));
    if (row.verb == "退回") {
      const Node* to = named(row.word);
      if (row.word == "上一步")
        add("to", "previous");
      else if (row.word == "发起人")
        add("to", "initiator");
      else
        add("to", to == nullptr ? row.word : to->id);
    } else if (is_in(kToPerson, row.verb)) {
      add("person", row.word);
    } else if (is_in(kNamed, row.verb)) {
      add("name", row.word);
      if (row.verb == "收到" && node != nullptr) add("to", node->id);
    }
    return Value::context(std::move(step));
  }

  /// Services answer at once, unless the case has a row for it.
  std::optional<Error> answer_services(const TableCase& one, Script& script,
                                       std::vector<std::string>& sent) {
    for (const Node& node : playable_.definition->nodes) {
      if (node.kind != NodeKind::service_task) continue;
      const bool own = std::any_of(one.rows.begin(), one.rows.end(), [&](const TableRow& row) {
        return (row.verb == "完成" || row.verb == "出错") && tidy(row.state) == tidy(node.name);
      });
      if (own) continue;
      const auto given = table_.services.find(node.task.operation);
      if (given == table_.services.end())
        return wrong("workflow.table_service", node.task.operation);
      Entries step{{"do", Value(std::string("service done"))}, {"task", Value(node.id)}};
      if (!given->second.empty()) step.emplace_back("variables", Value::context(given->second));
      const auto played = script.play(Value::context(std::move(step)), language_);
      if (!played) return played.error();
      note_sent(played->line, sent);
    }
    return std::nullopt;
  }

  static void note_sent(const Value& line, std::vector<std::string>& sent) {
    const Value* effects = line.entry("effects");
    if (effects == nullptr || effects->items() == nullptr) return;
    for (const Value& effect : *effects->items()) {
      if (text_at(effect, "effect") == "message sent") sent.push_back(text_at(effect, "word"));
    }
  }

  std::optional<Error> play_row(const TableCase& one, const TableRow& row, Script& script,
                                std::vector<std::string>& stands) {
    const Node* node = row.state == "-" ? nullptr : named(row.state);
    if (row.state != "-" && node == nullptr && row.verb != "等")
      return wrong("workflow.table_step", row.state);
    const bool stood = std::find(stands.begin(), stands.end(), tidy(row.state)) != stands.end();
    if (row.state != "-" && row.verb != "收到" && row.refused.empty() && !stood)
      return wrong("workflow.table_not_there", row.state, joined(stands));
    if (!is_in(kOfNobody, row.who) && row.verb != "等") {
      if (!table_.people.contains(row.who)) return wrong("workflow.table_person", row.who);
      if (!may(row, node)) {
        if (row.refused == kNotAllowed) return std::nullopt;
        return wrong("workflow.table_not_allowed", row.who, row.state);
      }
    }
    const auto played = script.play(step_of(row, node), language_);
    if (!played) return played.error();
    std::vector<std::string> sent;
    note_sent(played->line, sent);
    if (auto error = answer_services(one, script, sent)) return error;
    stands = standing(script.state());
    return hold(row, played->line, script.state(), stands, sent);
  }

  static std::string joined(const std::vector<std::string>& names) {
    return names.empty() ? "—" : fmt::format("{}", fmt::join(names, "、"));
  }

  std::optional<Error> hold(const TableRow& row, const Value& line, const State& state,
                            const std::vector<std::string>& stands,
                            const std::vector<std::string>& sent) const {
    constexpr std::string_view kOwn = "process.";
    std::string verdict = text_at(line, "verdict");
    if (verdict.starts_with(kOwn)) verdict = verdict.substr(kOwn.size());
    if (!row.refused.empty()) {
      if (verdict == row.refused) return std::nullopt;
      return wrong("workflow.table_refused", row.refused, verdict);
    }
    if (verdict != "done")
      return wrong("workflow.table_refuses", verdict, text_at(line, "message"));
    const std::string status(word_of(state.status));
    if (!row.over.empty() && status != row.over)
      return wrong("workflow.table_stands", row.over, status + " " + joined(stands));
    std::vector<std::string> wanted;
    for (const std::string& name : row.stands) wanted.push_back(tidy(name));
    std::sort(wanted.begin(), wanted.end());
    if (row.over.empty() && wanted != stands)
      return wrong("workflow.table_stands", joined(row.stands), joined(stands));
    for (const std::string& name : row.sent) {
      if (std::find(sent.begin(), sent.end(), name) == sent.end())
        return wrong("workflow.table_sent", name, joined(sent));
    }
    const Value variables = variables_of(state);
    for (const auto& [name, value] : row.values) {
      const Value* found = at_path(variables, name);
      if (!is_same(found, value)) return unlike(name, value, found);
    }
    return std::nullopt;
  }

  const Playable& playable_;
  const Table& table_;
  const Moment begins_;
  const Language language_;
  Environment environment_;
  int line_ = 0;
};

}  // namespace

Result<PlayedTable> play_table(const Playable& playable, std::string_view text, Moment now,
                               Language language) {
  const auto table = read_table(text);
  if (!table) return table.error();
  const auto begins = begin_of(table->begins);
  if (!begins) {
    return fail(ErrorKind::invalid, "workflow.table_value",
                {{"line", "1"}, {"what", table->begins}});
  }
  Player player(playable, *table, *begins, language);
  PlayedTable played;
  const auto note = [&](std::optional<Error> wrong) {
    if (wrong)
      played.wrong.push_back(std::move(*wrong));
    else
      ++played.held;
  };
  for (const TableCase& one : table->cases) note(player.play(one));
  for (const TableChoice& choice : table->choices) note(player.choose(choice, now));
  return played;
}

}  // namespace jishi::workflow
