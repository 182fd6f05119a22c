#include "modules/workflow/forms/known_fields.hpp"

#include <toml++/toml.h>

#include "base/text.hpp"

namespace jishi::workflow {

namespace {

Error invalid(std::string_view why) {
  return fail(ErrorKind::invalid, "workflow.known_fields_invalid", {{"why", std::string(why)}});
}

std::string text_in(const boost::json::object& holder, std::string_view name) {
  const auto* found = holder.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace

Result<KnownFields> KnownFields::open(const std::filesystem::path& pack) {
  KnownFields known;
  const auto path = pack / "known_fields.toml";
  std::error_code none;
  if (!std::filesystem::exists(path, none)) return known;
  try {
    const toml::table file = toml::parse_file(path.string());
    const auto* entries = file["known"].as_array();
    if (entries == nullptr) return invalid("known");
    for (const toml::node& node : *entries) {
      const toml::table* entry = node.as_table();
      if (entry == nullptr) return invalid("known");
      const auto text = [&](const char* name) { return (*entry)[name].value_or(std::string()); };
      const KnownPlace place{text("zh"), text("en")};
      const auto* words = (*entry)["words"].as_array();
      if (text("id").empty() || place.zh.empty() || place.en.empty() || words == nullptr)
        return invalid(text("id"));
      if (!known.places_.emplace(text("id"), place).second) return invalid(text("id"));
      for (const toml::node& word : *words)
        known.places_.emplace(tidy(word.value_or(std::string())), place);
    }
  } catch (const toml::parse_error& error) {
    return invalid(error.description());
  }
  return known;
}

const KnownPlace* KnownFields::place_of(std::string_view word) const {
  const auto found = places_.find(word);
  return found == places_.end() ? nullptr : &found->second;
}

std::optional<Error> KnownFields::refuse(const boost::json::object& form, Language language) const {
  const auto* properties = form.if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return std::nullopt;
  for (const auto& [name, value] : properties->get_object()) {
    if (!value.is_object()) continue;
    const auto& field = value.get_object();
    const std::string said = text_in(field, "x-known");
    const std::string title = tidy(text_in(field, "title"));
    const KnownPlace* place = place_of(said);
    if (place == nullptr) place = place_of(title);
    if (place == nullptr) place = place_of(name);
    if (place == nullptr && said.empty()) continue;
    return fail(ErrorKind::refused, "workflow.field_known",
                {{"path", "variables.asked_fields." + std::string(name)},
                 {"field", title.empty() ? std::string(name) : title},
                 {"place", place == nullptr ? said : place->in(language)}});
  }
  return std::nullopt;
}

}  // namespace jishi::workflow
