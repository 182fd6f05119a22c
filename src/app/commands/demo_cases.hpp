#pragma once

#include "app/context.hpp"
#include "modules/demo/demo.hpp"

namespace jishi::app {

/// Gives the demo city in the store of --data or --db, which nobody has open and which was made of
/// this plan, its regions and grids, running procedures of every kind and stage, and accounts of
/// dues; says how many.
Result<Done> add_demo_cases(const Context& context, const demo::Shares& shares,
                            const demo::CityPlan& plan);

}  // namespace jishi::app
