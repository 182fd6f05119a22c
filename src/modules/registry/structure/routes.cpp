#include "api/routes.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::registry {

namespace {

constexpr api::Permission kWrite = "registry.write";

/// Whoever is to create in another structure sees what stands there: else what they made would be
/// nowhere for them.
Result<Changes> create_where_seen(Transaction& tx, const api::Call& call,
                                  const CreateOrganisation& command) {
  const std::string structure = command.structure.value_or(std::string(kPartyStructure));
  if (structure != kPartyStructure && structure_of(command.structure) &&
      !reach_of(call, command.structure)) {
    return fail(ErrorKind::refused, "registry.structure_not_yours",
                {{"path", "structure"}, {"structure", structure}});
  }
  return create_organisation(tx, command);
}

}  // namespace

// Splits, mergers, abolitions, moves and what takes them back are the application's: procedures go
// on elsewhere with them.
void structure_routes(api::Routes& routes) {
  const auto at = [](std::string_view segment) { return api::organisation_in(segment); };
  using http::Method;
  routes
      .command_as<CreateOrganisation>(Method::post, "/api/v1/organisations/{parent}/children",
                                      {"registry.create_organisation", kWrite, at("parent")},
                                      create_where_seen)
      .status = 201;
  routes.command(Method::post, "/api/v1/organisations/{organisation}/names",
                 {"registry.rename_organisation", kWrite, at("organisation")}, rename_organisation);
  routes.command(Method::post, "/api/v1/organisations/{organisation}/reopening",
                 {"registry.reopen_organisation", kWrite, at("organisation")}, reopen_organisation);
}

}  // namespace jishi::registry
