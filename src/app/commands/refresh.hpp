#pragma once

#include "app/context.hpp"

namespace jishi::app {

/// Brings the marts up to the ledger and compares the lights of today with the last state; says how
/// many came and went, except with --json.
Result<Done> refresh_lights(const Context& context, insight::Insight& insight);
Result<Done> refresh_lights(const Context& context, Store& store);

}  // namespace jishi::app
