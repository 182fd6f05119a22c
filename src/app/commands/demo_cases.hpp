#pragma once

#include "app/context.hpp"

namespace jishi::app {

/// Gives the demo city in the store of --data or --db, which nobody has open, running procedures of
/// every kind and stage, and accounts of dues; says how many.
Result<Done> add_demo_cases(const Context& context, Date today);

}  // namespace jishi::app
