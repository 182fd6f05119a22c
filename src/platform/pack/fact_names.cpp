#include "platform/pack/fact_names.hpp"

#include <toml++/toml.h>

namespace jishi {

namespace {

Error invalid(const std::filesystem::path& file, std::uint32_t line, std::string reason) {
  return fail(
      ErrorKind::unavailable, "platform.facts_invalid",
      {{"file", file.string()}, {"line", std::to_string(line)}, {"reason", std::move(reason)}});
}

/// The few words before what the texts add of amount and payload.
std::string before(const std::string& text, std::string_view colon) {
  return text.substr(0, text.find(colon));
}

}  // namespace

Result<FactTitles> load_fact_titles(const std::filesystem::path& file) {
  try {
    const toml::table table = toml::parse_file(file.string());
    FactTitles titles;
    const auto* facts = table["fact"].as_array();
    if (facts == nullptr) return invalid(file, 1, "`fact` is missing");
    for (const auto& node : *facts) {
      const auto* entry = node.as_table();
      const auto line = node.source().begin.line;
      if (entry == nullptr) return invalid(file, line, "a fact is a table");
      const auto kind = (*entry)["kind"].value<int>();
      const auto name = (*entry)["name"].value<std::string>();
      const auto zh = (*entry)["zh"].value<std::string>();
      const auto en = (*entry)["en"].value<std::string>();
      if (!kind || !name || !zh || !en)
        return invalid(file, line, "`kind`, `name`, `zh` and `en` are needed");
      FactTitle title{*name, before(*zh, "："), before(*en, ":"),
                      (*entry)["awaited"].value_or(false)};
      if (!titles.emplace(*kind, std::move(title)).second)
        return invalid(file, line, "the kind stands twice");
    }
    return titles;
  } catch (const toml::parse_error& error) {
    return invalid(file, error.source().begin.line, std::string(error.description()));
  }
}

const FactTitle& title_of(const FactTitles& titles, int kind) {
  static const FactTitle kUnknown{"unknown", "未知类别", "Unknown kind", false};
  const auto found = titles.find(kind);
  return found == titles.end() ? kUnknown : found->second;
}

}  // namespace jishi
