#pragma once

#include <vector>

#include "base/feel/syntax.hpp"

namespace jishi::workflow {

enum class Cover { none, unless_null, all };

/// Whether one of the conditions holds whatever the values are, as far as can be told from their
/// form: one is `true`, or `x = 5` stands beside `x != 5`. `unless_null`: opposites of which
/// neither holds where the value is not filled in (`x < 5` and `x >= 5`, `a` and `not(a)`).
Cover cover_of(const std::vector<feel::NodePtr>& conditions);

/// Whether a condition is the word `false`.
bool is_never(const feel::NodePtr& condition);

}  // namespace jishi::workflow
