#pragma once
// In which order a case comes to its steps, whatever leads back to an earlier one.

#include "modules/workflow/definition/definition.hpp"

namespace jishi::workflow {

/// From each node those that may come right after it, from `start` on: by flows, boundary events,
/// into a sub-process and out of it. Ways that lead back to a node that lies before are left out,
/// so that there is no circle.
std::vector<std::vector<Index>> ways_ahead(const Definition& definition, Index start);

/// The nodes that a case of this scope may come to, each after all that lead to it; of those that
/// are equally far from the beginning in the order of the file.
std::vector<Index> order_of(const Definition& definition, Index scope);

}  // namespace jishi::workflow
