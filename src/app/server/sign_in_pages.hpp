#pragma once
// Signing in with a browser before the workbench is there: /signin, /signout and one-time links.

#include "api/routes.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::app {

void sign_in_pages(api::Routes& routes, identity::Identity& identity);

}  // namespace jishi::app
