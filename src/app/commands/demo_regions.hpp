#pragma once

#include "app/context.hpp"
#include "modules/demo/demo.hpp"

namespace jishi::app {

/// Founds what is no organisation of the Party, and puts the others into the structures of regions
/// and grids too; says how many. What was refused, with what was said, is left out.
std::vector<std::string> add_regions(const Context& context, Store& store,
                                     const std::vector<demo::Placing>& placings);

}  // namespace jishi::app
