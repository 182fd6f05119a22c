#pragma once

#include "api/routes.hpp"
#include "modules/insight/due_calendar/due_calendar.hpp"
#include "modules/insight/keeper/keeper.hpp"

namespace jishi::insight {

/// Lights, their reasons, the rules with their parameters, the structure of the membership.
/// `others`: what else stands in a calendar of due days.
void routes(api::Routes& routes, Store& store, Keeper& keeper, const Codes& codes,
            DueSource others);

}  // namespace jishi::insight
