#pragma once
// What an account does for itself beside signing in, and how personal data is looked at.

#include "api/routes.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

/// The second factor and API tokens of one's own account.
void own_routes(api::Routes& routes, Identity& identity);

/// Temporary access to a person, notices of it, looks at unmasked values.
void access_routes(api::Routes& routes, Identity& identity);

}  // namespace jishi::identity
