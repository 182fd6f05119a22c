#pragma once
// The code sets of the pack, so that whoever shows values can name them.

#include "api/routes.hpp"
#include "base/codes.hpp"

namespace jishi::api {

/// GET /api/v1/codes.
void code_routes(Routes& routes, const Codes& codes);

}  // namespace jishi::api
