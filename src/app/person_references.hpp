#pragma once
// Everything that refers to persons: the one list by which a merger leaves no reference behind.

#include "modules/registry/registry.hpp"

namespace jishi::app {

/// In the order in which a merger moves them; its undo goes the other way.
const registry::AllPersonReferences& person_references();

/// Columns that hold persons and that no module moves, each with its reason.
const std::vector<registry::PersonColumn>& columns_left_alone();

}  // namespace jishi::app
