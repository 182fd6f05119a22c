#pragma once
// Versions that were deployed before: cases that began by them go on.

#include "modules/workflow/definition/definition.hpp"

namespace jishi::workflow {

/// Reads a version that was deployed, perhaps by an earlier version of the program. What is refused
/// only since then is warned of instead, so that its cases can be brought to an end.
std::shared_ptr<const Definition> read_definition_again(const xml::Document& document,
                                                        const Surroundings& around,
                                                        Findings& findings);

}  // namespace jishi::workflow
