#pragma once
// Kinds of facts by the words that people filter with.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

#include "base/result.hpp"
#include "platform/pack/fact_names.hpp"

namespace jishi::governance {

/// The kinds that a word asks for: one by its name (registry.organisation_moved), those of a module
/// (registry), or all without a word. Error: governance.kind_unknown.
Result<std::unordered_set<std::int32_t>> kinds_of(const std::optional<std::string>& word,
                                                  const FactTitles& titles);

}  // namespace jishi::governance
