#include "modules/liaison/liaison.hpp"

#include "modules/liaison/discussion/routes.hpp"

namespace jishi::liaison {

void routes(api::Routes& routes, const Discussions& discussions) {
  group_routes(routes);
  discussion_routes(routes, discussions);
}

}  // namespace jishi::liaison
