#pragma once
// Where a case stands, as a text that is kept with it. Elements are written by their ids in the
// file: the text is read against the version it was written with, or, when a case goes on by
// another version, against that.

#include <string>

#include "modules/workflow/engine/state.hpp"

namespace jishi::workflow {

std::string kept_state(const Definition& definition, const State& state);

/// Errors: workflow.element_gone (argument `element`), where the definition lacks something that
/// the case stands at; workflow.state_damaged.
Result<State> state_of_kept(const Definition& definition, std::string_view kept);

}  // namespace jishi::workflow
