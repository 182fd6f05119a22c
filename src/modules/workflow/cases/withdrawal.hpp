#pragma once
// Whether somebody may take back the last that they did in a case.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// The task by which a party may take back their last step, or their signature; kNoId where the
/// engine would refuse it.
Id withdrawable_task(db::Reader& reader, const HeldCase& held, const Party& party, Moment now);

}  // namespace jishi::workflow
