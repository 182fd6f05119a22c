#include "modules/registry/structure/rename/rename_organisation.hpp"

#include "base/text.hpp"
#include "modules/registry/archive/archive.hpp"
#include "modules/registry/facts.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/structure/rename/rename_organisation.sql.hpp"

namespace jishi::registry {

namespace {

// An organisation may stand in several structures; its name must be free in each of them.
bool taken_anywhere(db::Reader& reader, Id organisation, std::string_view name, Date today) {
  return reader
      .one<Id>(sql::rename_organisation::sibling_in_any_structure, organisation, name, today)
      .has_value();
}

Result<OrganisationChange> rename_to(Transaction& tx, const Reference& organisation,
                                     const std::string& name, const When& when,
                                     std::optional<Id> undoes) {
  const auto held = standing_of(tx, kPartyStructure, organisation);
  if (!held) return held.error();
  const RenameView view{*held, name, when, taken_anywhere(tx, held->id, name, when.today)};
  if (auto refusal = refuse_rename(view)) return std::move(*refusal);
  remember(tx, manual_origin(tx), held->id, "name", held->name);
  tx.run(sql::rename_organisation::set_name, held->id, name);
  const RenamePayload payload{held->name, undoes};
  tx.fact(fact::kOrganisationRenamed, when.on, held->id,
          {.payload = boost::json::serialize(to_json(payload))});
  return OrganisationChange{held->id, held->code, name, Turn::renamed, {}, {}, {}, 0, held->name};
}

}  // namespace

std::optional<Error> refuse_rename(const RenameView& view) {
  if (auto refusal = refuse_name(view.name)) return refusal;
  if (has_ended(view.organisation, view.when.today)) {
    return refused("registry.already_ended", view.organisation,
                   {{"date", to_iso(*view.organisation.ended)}});
  }
  if (auto refusal = refuse_day(view.organisation, view.when)) return refusal;
  if (view.organisation.name == view.name) return refused("registry.same_name", view.organisation);
  if (view.name_taken) return name_taken(view.name);
  return std::nullopt;
}

Result<Changes> rename_organisation(Transaction& tx, const RenameOrganisation& command) {
  const When when = when_of(tx, command.on);
  auto renamed = rename_to(tx, command.organisation, tidy(command.name), when, {});
  if (!renamed) return renamed.error();
  return Changes{tx.command(), when.on, {std::move(*renamed)}, {}, {}, {}, "registry.undo"};
}

Result<OrganisationChange> take_back_rename(Transaction& tx, const Fact& renamed,
                                            const RenamePayload& payload) {
  return rename_to(tx, renamed.organisation, payload.before,
                   {renamed.happened, tx.store().clock().today()}, renamed.command);
}

Result<Changes> rename_organisation(Store& store, Actor actor, const RenameOrganisation& command) {
  return store.write(actor, [&](Transaction& tx) { return rename_organisation(tx, command); });
}

Result<Changes> preview_rename_organisation(Store& store, Actor actor,
                                            const RenameOrganisation& command) {
  return store.rehearse(actor, [&](Transaction& tx) { return rename_organisation(tx, command); });
}

}  // namespace jishi::registry
