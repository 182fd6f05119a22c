#pragma once

#include <vector>

#include "base/feel/syntax.hpp"

namespace jishi::workflow {

enum class Cover { none, unless_null, all };

/// Whether one of the conditions holds whatever the values are, as far as can be told from their
/// form: one is `true`, or `x = 5` stands beside `x != 5`. `unless_null`: opposites of which
/// neither holds where the value is not filled in (`x < 5` and `x >= 5`, `a` and `not(a)`).
Cover cover_of(const std::vector<feel::NodePtr>& conditions);

/// Whether a condition holds in no case, as far as can be told without one: `false`, `1 = 2`,
/// `false and x`, what is no truth at all.
bool is_never(const feel::NodePtr& condition);

/// Whether an expression is known to be something else than a context.
bool is_no_context(const feel::NodePtr& expression);

}  // namespace jishi::workflow
