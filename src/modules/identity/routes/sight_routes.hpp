#pragma once
// To see as another account would.

#include "api/routes.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

void sight_routes(api::Routes& routes, Identity& identity);

}  // namespace jishi::identity
