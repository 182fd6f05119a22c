#pragma once

#include "api/routes.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

/// Signing in and out, sessions, passwords, one-time links, accounts, roles.
void routes(api::Routes& routes, Identity& identity);

}  // namespace jishi::identity
