#include "api/routes.hpp"
#include "ledger/trail.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::registry {

namespace {

constexpr api::Permission kWrite = "registry.write";

/// The organisation that a command of the structure was about.
std::optional<Id> organisation_of_command(db::Reader& reader, Id command) {
  for (const Fact& fact : ledger::facts_of(reader, command, 1)) {
    if (fact.organisation != kNoId) return fact.organisation;
  }
  return std::nullopt;
}

}  // namespace

void structure_routes(api::Routes& routes) {
  const auto at = [](std::string_view segment) { return api::organisation_in(segment); };
  using http::Method;
  routes
      .command(Method::post, "/api/v1/organisations/{parent}/children",
               {"registry.create_organisation", kWrite, at("parent")}, create_organisation)
      .status = 201;
  routes.command(Method::post, "/api/v1/organisations/{organisation}/moves",
                 {"registry.move_organisation", kWrite, at("organisation")}, move_organisation);
  routes.command(Method::post, "/api/v1/organisations/{organisation}/names",
                 {"registry.rename_organisation", kWrite, at("organisation")}, rename_organisation);
  routes.command(Method::post, "/api/v1/organisations/{organisation}/splits",
                 {"registry.split_organisation", kWrite, at("organisation")}, split_organisation);
  routes.command(Method::post, "/api/v1/organisations/{into}/mergers",
                 {"registry.merge_organisations", kWrite, at("into")}, merge_organisations);
  routes.command(Method::post, "/api/v1/organisations/{organisation}/abolition",
                 {"registry.abolish_organisation", kWrite, at("organisation")},
                 abolish_organisation);
  routes.command(Method::post, "/api/v1/organisations/{organisation}/reopening",
                 {"registry.reopen_organisation", kWrite, at("organisation")}, reopen_organisation);
  routes.command(Method::post, "/api/v1/commands/{command}/undo",
                 {"registry.undo", kWrite, api::record_in("command", organisation_of_command)},
                 undo);
}

}  // namespace jishi::registry
