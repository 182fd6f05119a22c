#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace jishi::app {

/// The few of `names` that are most like a misspelt one, nearest first; empty when none is.
std::vector<std::string> nearest_names(std::string_view written,
                                       const std::vector<std::string>& names);

/// `a, b, c`.
std::string list_of(const std::vector<std::string>& names);

}  // namespace jishi::app
