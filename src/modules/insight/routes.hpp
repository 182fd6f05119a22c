#pragma once

#include "api/routes.hpp"
#include "modules/insight/keeper/keeper.hpp"

namespace jishi::insight {

/// Lights, their reasons, the rules with their parameters, the structure of the membership.
void routes(api::Routes& routes, Store& store, Keeper& keeper, const Codes& codes);

}  // namespace jishi::insight
