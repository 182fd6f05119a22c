#include "app/server/organisation_ends.hpp"

#include "ledger/trail.hpp"
#include "modules/liaison/liaison.hpp"
#include "modules/registry/structure/placed.hpp"

namespace jishi::app {

namespace {

using registry::Changes;
using registry::Turn;

constexpr api::Permission kWrite = "registry.write";

/// Where the members of merged organisations go: one that was named, or that the merger founds.
Id heir_of(Transaction& tx, const registry::MergeOrganisations& command, const Changes& changes) {
  if (command.into) {
    const auto into = registry::organisation_meant(tx, *command.into);
    return into ? *into : kNoId;
  }
  for (const registry::OrganisationChange& one : changes.organisations) {
    if (one.turn == Turn::created) return one.organisation;
  }
  return kNoId;
}

/// The organisation that a command of the structure was about.
std::optional<Id> organisation_of_command(db::Reader& reader, Id command) {
  for (const Fact& fact : ledger::facts_of(reader, command, 1)) {
    if (fact.organisation != kNoId) return fact.organisation;
  }
  return std::nullopt;
}

Result<Changes> merge(Transaction& tx, const workflow::Office& office,
                      const registry::MergeOrganisations& command) {
  auto changes = registry::merge_organisations(tx, command);
  if (!changes) return changes;
  const Id heir = heir_of(tx, command, *changes);
  for (const registry::OrganisationChange& one : changes->organisations) {
    if (one.turn != Turn::ended) continue;
    const auto moved = workflow::hand_over_cases(tx, office, one.organisation, heir);
    if (!moved) return moved.error();
    liaison::hand_over_groups(tx, one.organisation, heir);
  }
  return changes;
}

Result<Changes> split(Transaction& tx, const workflow::Office& office,
                      const registry::SplitOrganisation& command) {
  auto changes = registry::split_organisation(tx, command);
  if (!changes) return changes;
  for (const registry::MemberMove& one : changes->members_moved) {
    const auto moved = workflow::follow_person(tx, office, one.person, one.from, one.to, kNoId);
    if (!moved) return moved.error();
  }
  return changes;
}

Result<Changes> abolish(Transaction& tx, const registry::AbolishOrganisation& command) {
  const auto organisation = registry::organisation_meant(tx, command.organisation);
  if (!organisation) return organisation.error();
  if (auto refused = workflow::refuse_running_cases(tx, *organisation)) return std::move(*refused);
  return registry::abolish_organisation(tx, command);
}

}  // namespace

// Cases go along with what moved by themselves, whichever way it moved: workflow::MoveFollower.
void organisation_end_routes(api::Routes& routes, const workflow::Office& office) {
  const auto at = [](std::string_view segment) { return api::organisation_in(segment); };
  using http::Method;
  routes.command_with<registry::SplitOrganisation>(
      Method::post, "/api/v1/organisations/{organisation}/splits",
      {"registry.split_organisation", kWrite, at("organisation")},
      [&office](Transaction& tx, const registry::SplitOrganisation& command) {
        return split(tx, office, command);
      });
  routes.command_with<registry::MergeOrganisations>(
      Method::post, "/api/v1/organisations/{into}/mergers",
      {"registry.merge_organisations", kWrite, at("into")},
      [&office](Transaction& tx, const registry::MergeOrganisations& command) {
        return merge(tx, office, command);
      });
  // Let in by sight: whether it may be moved is asked of the structure that the command names.
  routes.command_as<registry::MoveOrganisation>(
      Method::post, "/api/v1/organisations/{organisation}/moves",
      {"registry.move_organisation", api::kSee, at("organisation")}, registry::move_where_placed);
  routes.command_as<registry::Undo>(
      Method::post, "/api/v1/commands/{command}/undo",
      {"registry.undo", api::kSee, api::record_in("command", organisation_of_command)},
      registry::undo_where_placed);
  routes.command<Changes, registry::AbolishOrganisation>(
      Method::post, "/api/v1/organisations/{organisation}/abolition",
      {"registry.abolish_organisation", kWrite, at("organisation")}, abolish);
}

}  // namespace jishi::app
