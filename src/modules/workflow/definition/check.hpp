#pragma once
// What a definition must hold to before it may be deployed.

#include "modules/workflow/definition/definition.hpp"

namespace jishi::workflow {

/// Starts and ends, reachability, exits, conditions, what may be joined to what. `again`: of a
/// version that was deployed before, what is refused only since then is warned of.
void check_structure(const Definition& definition, Findings& findings, bool again);

/// Warns of circles of steps that wait neither for people nor for events.
void check_circles(const Definition& definition, Findings& findings);

/// Plays every way through each scope, conditions left open: joins that wait for ever, nodes that
/// never run, tokens that meet. Refuses what is certain, warns of what depends on conditions.
void check_tokens(const Definition& definition, Findings& findings);

/// Works out what inclusive joins have to know about the ways that lead to them.
void prepare_joins(Definition& definition);

}  // namespace jishi::workflow
