#include "api/routes.hpp"
#include "modules/orglife/commands.hpp"
#include "modules/orglife/list_activities/list_activities.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {

namespace {

Result<api::Page<ListedActivity>> list(api::Call& call, const ActivityFilter& filter) {
  return call.store.read(
      [&](db::Reader& reader) { return list_activities(reader, call.organisation, filter); });
}

}  // namespace

void routes(api::Routes& routes) {
  routes.list<ActivityFilter>(
      "/api/v1/organisations/{organisation}/activities",
      {"orglife.list_activities", api::kSee, api::organisation_in("organisation")}, list);
  command_routes(routes);
}

}  // namespace jishi::orglife
