#include "modules/liaison/liaison.hpp"

#include "modules/liaison/discussion/routes.hpp"

namespace jishi::liaison {

void routes(api::Routes& routes, const Discussions& discussions, TellAgreed agreed) {
  group_routes(routes, std::move(agreed));
  discussion_routes(routes, discussions);
}

}  // namespace jishi::liaison
