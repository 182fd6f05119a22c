#pragma once
// Where an event's notice goes: `jishi:at` of such an event may name several places.

#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace jishi::workflow {

/// The places of `jishi:at`, written with a comma between them; empty names are left out.
inline std::vector<std::string> told_places(std::string_view at) {
  std::vector<std::string> places;
  while (!at.empty()) {
    const auto comma = std::min(at.find(','), at.size());
    if (const auto name = trim(at.substr(0, comma)); !name.empty()) places.emplace_back(name);
    at.remove_prefix(std::min(comma + 1, at.size()));
  }
  return places;
}

}  // namespace jishi::workflow
