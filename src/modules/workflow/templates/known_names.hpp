#pragma once
// What texts of the pack say by name, where a case has ids only.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

inline constexpr std::size_t kMostNamesInText = 100;  // of those who were there

/// The variables of a case, and beside them `organisation_name`, `host_name` (its secretary, or
/// else nothing), `recorder_name` (who asks), `present_names` (those of `participants`; null where
/// nobody is named).
feel::Value with_names(db::Reader& reader, const HeldCase& held, const Party& asks, Date today);

}  // namespace jishi::workflow
