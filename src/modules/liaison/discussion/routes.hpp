#pragma once

#include "modules/liaison/discussion/discussion.hpp"

namespace jishi::liaison {

/// Notes about anything that may be seen, and mentions. `discussions` must outlive the routes.
void discussion_routes(api::Routes& routes, const Discussions& discussions);

}  // namespace jishi::liaison
