#pragma once
// How much of a case somebody may see.

#include "api/call.hpp"
#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// `own`: a task of the case is theirs, or they acted in it, and no role lets them read it. Of a
/// case about somebody else they are shown what concerns themselves.
enum class Sight { nothing, own, whole };

Sight sight_of(const api::Call& call, db::Reader& reader, Id case_id);

/// Whether a task of the case lies before whoever asks.
bool has_task_of(const api::Call& call, db::Reader& reader, Id case_id);

}  // namespace jishi::workflow
