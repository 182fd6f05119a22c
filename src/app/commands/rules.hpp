#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "modules/insight/insight.hpp"

namespace jishi::app {

/// The rule of an id, or nullptr.
const insight::Rule* rule_of(const std::vector<insight::Rule>& rules, std::string_view id);

/// Refuses an id that no rule has, and names those that are most like it.
std::optional<Error> refuse_rule(const std::vector<insight::Rule>& rules, std::string_view id);

}  // namespace jishi::app
