#include "modules/workflow/process_settings/setting_catalogue.hpp"

#include <charconv>

#include <fmt/ranges.h>
#include <toml++/toml.h>

namespace jishi::workflow {

namespace {

constexpr int kMostNumber = 100'000;

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 0 || number > kMostNumber)
    return std::nullopt;
  return number;
}

std::optional<int> measure(SettingKind kind, std::string_view text) {
  return kind == SettingKind::duration ? days_of_duration(text) : number_of(text);
}

std::optional<SettingKind> kind_of(std::string_view word) {
  if (word == "duration") return SettingKind::duration;
  if (word == "integer") return SettingKind::integer;
  if (word == "choice") return SettingKind::choice;
  return std::nullopt;
}

Error invalid(std::string_view what) {
  return fail(ErrorKind::invalid, "workflow.settings_invalid", {{"what", std::string(what)}});
}

Result<SettingEntry> read_entry(const toml::table& table) {
  const auto text = [&](const char* name) { return table[name].value_or(std::string()); };
  SettingEntry entry;
  entry.process = text("process");
  entry.name = text("name");
  entry.least = text("least");
  entry.most = text("most");
  entry.zh = text("zh");
  entry.en = text("en");
  entry.basis = text("basis");
  if (const auto* choices = table["choices"].as_array()) {
    for (const toml::node& choice : *choices)
      entry.choices.push_back(choice.value_or(std::string()));
  }
  const auto kind = kind_of(text("kind"));
  const std::string what = entry.process + "." + entry.name;
  if (!kind || entry.zh.empty() || entry.en.empty() || entry.basis.empty()) return invalid(what);
  entry.kind = *kind;
  if (*kind == SettingKind::choice) {
    if (entry.choices.empty()) return invalid(what);
    return entry;
  }
  const auto least = measure(*kind, entry.least);
  const auto most = measure(*kind, entry.most);
  if (!least || !most || *least > *most) return invalid(what);
  return entry;
}

}  // namespace

std::optional<int> days_of_duration(std::string_view text) {
  if (text.size() < 3 || text.front() != 'P') return std::nullopt;
  const auto number = number_of(text.substr(1, text.size() - 2));
  if (!number) return std::nullopt;
  switch (text.back()) {
    case 'D': return *number;
    case 'M': return *number * 30;
    case 'Y': return *number * 365;
    default: return std::nullopt;
  }
}

std::optional<Error> refuse_value(const SettingEntry& entry, const std::string& value) {
  const auto refused = [&](std::string bounds) {
    return fail(ErrorKind::invalid, "workflow.setting_value",
                {{"path", "value"},
                 {"name", entry.zh},
                 {"name_en", entry.en},
                 {"value", value},
                 {"bounds", std::move(bounds)}});
  };
  if (entry.kind == SettingKind::choice) {
    if (std::find(entry.choices.begin(), entry.choices.end(), value) != entry.choices.end())
      return std::nullopt;
    return refused(fmt::format("{}", fmt::join(entry.choices, ", ")));
  }
  const auto given = measure(entry.kind, value);
  if (given && *given >= measure(entry.kind, entry.least).value_or(0) &&
      *given <= measure(entry.kind, entry.most).value_or(0))
    return std::nullopt;
  return refused(entry.least + " – " + entry.most);
}

Result<SettingCatalogue> SettingCatalogue::open(const std::filesystem::path& pack) {
  SettingCatalogue made;
  const auto path = pack / "process_settings.toml";
  std::error_code none;
  if (!std::filesystem::exists(path, none)) return made;
  try {
    const toml::table file = toml::parse_file(path.string());
    const auto* entries = file["setting"].as_array();
    if (entries == nullptr) return invalid("setting");
    for (const toml::node& node : *entries) {
      const toml::table* table = node.as_table();
      if (table == nullptr) return invalid("setting");
      auto entry = read_entry(*table);
      if (!entry) return entry.error();
      if (made.find(entry->process, entry->name) != nullptr)
        return invalid(entry->process + "." + entry->name);
      made.entries_.push_back(std::move(*entry));
    }
  } catch (const toml::parse_error& error) {
    return invalid(error.description());
  }
  return made;
}

const SettingEntry* SettingCatalogue::find(std::string_view process, std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) {
    return entry.process == process && entry.name == name;
  });
  return found == entries_.end() ? nullptr : &*found;
}

}  // namespace jishi::workflow
