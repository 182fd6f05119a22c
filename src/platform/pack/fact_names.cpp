#include "platform/pack/fact_names.hpp"

#include <toml++/toml.h>

namespace jishi {

namespace {

Error invalid(const std::filesystem::path& file, std::uint32_t line, std::string reason) {
  return fail(
      ErrorKind::unavailable, "platform.facts_invalid",
      {{"file", file.string()}, {"line", std::to_string(line)}, {"reason", std::move(reason)}});
}

}  // namespace

Result<FactNames> load_fact_names(const std::filesystem::path& file) {
  try {
    const toml::table table = toml::parse_file(file.string());
    FactNames names;
    const auto* facts = table["fact"].as_array();
    if (facts == nullptr) return invalid(file, 1, "`fact` is missing");
    for (const auto& node : *facts) {
      const auto* entry = node.as_table();
      const auto line = node.source().begin.line;
      if (entry == nullptr) return invalid(file, line, "a fact is a table");
      const auto kind = (*entry)["kind"].value<int>();
      const auto name = (*entry)["name"].value<std::string>();
      if (!kind || !name) return invalid(file, line, "`kind` and `name` are needed");
      if (!names.emplace(*kind, *name).second) return invalid(file, line, "the kind stands twice");
    }
    return names;
  } catch (const toml::parse_error& error) {
    return invalid(file, error.source().begin.line, std::string(error.description()));
  }
}

}  // namespace jishi
