#pragma once

#include <vector>

#include "base/feel/syntax.hpp"

namespace jishi::workflow {

/// Whether one of the conditions holds whatever the values are, as far as can be told from their
/// form: one is `true`, or two are each other's opposite (`x < 5` and `x >= 5`, `a` and `not(a)`).
bool cover_all(const std::vector<feel::NodePtr>& conditions);

}  // namespace jishi::workflow
