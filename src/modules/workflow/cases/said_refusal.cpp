#include "modules/workflow/cases/said_refusal.hpp"

#include "base/integer.hpp"
#include "base/texts.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/provisional.hpp"
#include "modules/workflow/cases/show_case.sql.hpp"
#include "modules/workflow/forms/forms.hpp"

namespace jishi::workflow {

namespace {

using Names = std::pair<std::string, std::string>;  // in Chinese, in English

Names in_both(std::string_view text) {
  return {say(Language::zh, text), say(Language::en, text)};
}

/// The node of this id, or else the one that waits for a message of this name.
const Node* node_meant(const Definition& definition, const std::string& name) {
  const Index index = definition.node(name);
  if (index != kNone) return &definition.nodes[index];
  for (const Node& node : definition.nodes) {
    if (node.message == name && node.kind != NodeKind::message_throw) return &node;
  }
  return nullptr;
}

/// What the fields of a case are called, by the forms that ask for them.
Names names_of_variable(const Playable& playable, const std::string& path) {
  const std::string name = path.substr(0, path.find('.'));
  if (name == "person") {
    return {say(Language::zh, "workflow.the_person"), say(Language::en, "workflow.the_person")};
  }
  for (const auto& [file, form] : playable.forms) {
    if (has_field(form, name))
      return {title_of_field(form, name), title_of_field(form, name, Language::en)};
  }
  return {path, path};
}

std::optional<Names> names_of(db::Reader& reader, const Office& office, const HeldCase& held,
                              const std::string& code, const std::string& argument,
                              const std::string& value) {
  const Wording& wording = office.deployments.wording();
  if (argument == "person") {
    std::string name = name_or_id(reader, value);
    return Names{name, name};
  }
  if (argument == "basis")
    return Names{wording.basis(Language::zh, value), wording.basis(Language::en, value)};
  if (argument != "name") return std::nullopt;
  if (code == "workflow.variable_missing") return names_of_variable(*held.playable, value);
  if (code == "process.no_earlier_step") {
    if (value == "previous") return in_both("workflow.step_previous");
    if (value == "initiator") return in_both("workflow.step_initiator");
  }
  const Node* node = node_meant(*held.playable->definition, value);
  if (node == nullptr && code == "process.not_awaited") return in_both("workflow.that_message");
  if (node == nullptr) {
    for (const Node& one : held.playable->definition->nodes) {
      if (one.name == value && !one.english.empty()) return Names{value, one.english};
    }
    return std::nullopt;
  }
  const std::string& name = node->name.empty() ? node->id : node->name;
  return Names{name, node->english.empty() ? name : node->english};
}

/// That an earliest day rests on a year for which nothing is announced yet.
void mark_provisional(const Office& office, const HeldCase& held, Error& refused) {
  if (refused.code != "process.too_early" && refused.code != "process.too_early_by") return;
  const auto date = std::find_if(refused.arguments.begin(), refused.arguments.end(),
                                 [](const auto& one) { return one.first == "date"; });
  if (date == refused.arguments.end()) return;
  std::optional<int> year;
  for (const Timer& timer : held.state.timers) {
    const Node& node = held.playable->definition->nodes[timer.node];
    if (node.kind != NodeKind::timer_event || !date->second.starts_with(to_iso(day_at(timer.due))))
      continue;
    const auto found = provisional_year(office.deployments.calendar(), node.timing, timer.due);
    if (found) year = found;
  }
  if (!year) return;
  const std::string day = date->second;
  date->second = told_day(Language::zh, day, year);
  refused.arguments.emplace_back("date_en", told_day(Language::en, day, year));
}

}  // namespace

std::string name_or_id(db::Reader& reader, const std::string& id) {
  const auto number = parse_integer(id);
  if (!number) return id;
  std::string name = reader.one<std::string>(sql::show_case::name_of, *number).value_or("");
  return name.empty() ? id : name;
}

bool is_known(db::Reader& reader, const std::string& id) {
  const auto number = parse_integer(id);
  if (!number) return false;
  const Id person = registry::person_now(reader, *number);
  return !reader.one<std::string>(sql::show_case::name_of, person).value_or("").empty();
}

Error said_refusal(db::Reader& reader, const Office& office, const HeldCase& held, Error refused) {
  Arguments more;
  for (auto& [argument, value] : refused.arguments) {
    auto names = names_of(reader, office, held, refused.code, argument, value);
    if (!names) continue;
    value = std::move(names->first);
    more.emplace_back(argument + "_en", std::move(names->second));
  }
  for (auto& one : more) refused.arguments.push_back(std::move(one));
  mark_provisional(office, held, refused);
  // An article that is but a source of the pack is none for people.
  for (const auto& [argument, value] : refused.arguments) {
    if (refused.code == "process.too_early_by" && argument == "basis" && value.empty())
      refused.code = "process.too_early";
  }
  return refused;
}

}  // namespace jishi::workflow
