#pragma once
// Signing in with a browser where the workbench is not there: /signin and one-time links.

#include "api/routes.hpp"
#include "modules/identity/identity.hpp"
#include "platform/http/static_files.hpp"

namespace jishi::app {

/// `web`: the workbench, whose own pages stand at these addresses then; null where there is none.
void sign_in_pages(api::Routes& routes, identity::Identity& identity, const http::StaticFiles* web);

}  // namespace jishi::app
