#pragma once
// Which settings of processes there are, and their bounds, as the pack says.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

enum class SettingKind { duration, integer, choice };

/// A setting that may be set, in the words of process_settings.toml.
struct SettingEntry {
  std::string process;
  std::string name;
  SettingKind kind = SettingKind::integer;
  std::string least;
  std::string most;
  std::vector<std::string> choices;
  std::string zh;
  std::string en;
  std::string basis;
  const std::string& title(Language language) const { return language == Language::zh ? zh : en; }
};

/// Days of a duration such as P3M, for comparing: a month counts 30, a year 365.
std::optional<int> days_of_duration(std::string_view text);

/// Why a value lies not within the bounds; pure. Error: workflow.setting_value.
std::optional<Error> refuse_value(const SettingEntry& entry, const std::string& value);

class SettingCatalogue {
 public:
  /// A pack without process_settings.toml has none. Error: workflow.settings_invalid, with the
  /// setting.
  static Result<SettingCatalogue> open(const std::filesystem::path& pack);

  const std::vector<SettingEntry>& all() const { return entries_; }
  const SettingEntry* find(std::string_view process, std::string_view name) const;

 private:
  std::vector<SettingEntry> entries_;
};

}  // namespace jishi::workflow
