#pragma once
// Organisations that end, by merger, split or abolition, or that move, with what becomes of their
// procedures: the registry knows the one, workflow the other.

#include "api/routes.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::app {

/// `office` must outlive the routes.
void organisation_end_routes(api::Routes& routes, const workflow::Office& office);

}  // namespace jishi::app
