#include "modules/workflow/templates/known_names.hpp"

#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/said_refusal.hpp"
#include "modules/workflow/templates/known_names.sql.hpp"

namespace jishi::workflow {

namespace {

feel::Value said(std::string text) {
  return text.empty() ? feel::Value() : feel::Value(std::move(text));
}

feel::Value names_of(db::Reader& reader, const feel::Value* persons) {
  if (persons == nullptr || persons->items() == nullptr || persons->items()->empty()) return {};
  std::vector<feel::Value> names;
  for (const feel::Value& one : *persons->items()) {
    if (names.size() == kMostNamesInText) break;
    names.emplace_back(name_or_id(reader, feel::text_of(one).value_or("")));
  }
  return feel::Value::list(std::move(names));
}

}  // namespace

feel::Value with_names(db::Reader& reader, const HeldCase& held, const Party& asks, Date today) {
  const feel::Value variables = variables_of(held.state);
  feel::Value::Entries entries;
  if (const auto* known = variables.entries()) entries = *known;
  const auto put = [&](const char* name, feel::Value value) {
    std::erase_if(entries, [&](const auto& entry) { return entry.first == name; });
    entries.emplace_back(name, std::move(value));
  };
  const auto place = registry::organisation(reader, held.row.organisation);
  put("organisation_name", said(place ? place->name : std::string()));
  put("host_name",
      said(reader.one<std::string>(sql::known_names::secretary, held.row.organisation, today)
               .value_or("")));
  put("recorder_name", said(name_or_id(reader, std::to_string(asks.id()))));
  put("present_names", names_of(reader, variables.entry("participants")));
  return feel::Value::context(std::move(entries));
}

}  // namespace jishi::workflow
