#pragma once
// The names of fact kinds, from a pack's facts.toml.

#include <filesystem>
#include <string>
#include <unordered_map>

#include "base/result.hpp"

namespace jishi {

/// `orglife.activity_recorded` by its number.
using FactNames = std::unordered_map<int, std::string>;

/// Reads facts.toml. Refused with platform.facts_invalid (file, line, reason).
Result<FactNames> load_fact_names(const std::filesystem::path& file);

}  // namespace jishi
