#include "modules/registry/structure/move/move_organisation.hpp"

#include "modules/registry/archive/archive.hpp"
#include "modules/registry/facts.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/structure/links.hpp"

namespace jishi::registry {

std::optional<Error> refuse_move(const MoveView& view) {
  const Standing& organisation = view.organisation;
  if (has_ended(organisation, view.when.today)) {
    return refused("registry.already_ended", organisation, {{"date", to_iso(*organisation.ended)}});
  }
  if (auto refusal = refuse_day(organisation, view.when)) return refusal;
  if (view.parent_below) return refused("registry.makes_a_cycle", organisation);
  if (auto refusal = refuse_parent(view.parent, view.when)) return refusal;
  if (organisation.parent == (view.parent ? view.parent->id : kNoId)) {
    return refused("registry.stands_there_already", organisation);
  }
  if (organisation.since && *organisation.since > view.when.on) {
    return refused("registry.changed_since", organisation, {{"date", to_iso(*organisation.since)}});
  }
  if (view.too_deep) return refused("registry.too_deep", organisation);
  if (view.name_taken) return name_taken(organisation.name);
  return std::nullopt;
}

Result<OrganisationChange> move_to(Transaction& tx, std::string_view structure, Id organisation,
                                   const std::optional<Standing>& parent, const When& when) {
  const Id to = parent ? parent->id : kNoId;
  const auto held = standing_of(tx, structure, organisation);
  if (!held) return held.error();
  MoveView view{*held, parent, when};
  view.parent_below = to != kNoId && stands_below_since(tx, structure, to, held->id, when.on);
  view.too_deep = too_deep(tx, structure, held->id, to);
  view.name_taken = sibling_named(tx, structure, to, held->name, when.today, held->id).has_value();
  if (auto refusal = refuse_move(view)) return std::move(*refusal);

  if (structure == kPartyStructure && held->parent) {
    remember(tx, manual_origin(tx), held->id, "parent", Reference(*held->parent).text());
  }
  place(tx, structure, held->id, to, when.on);
  const MovePayload payload{std::string(structure), held->parent, held->since, {}};
  tx.fact(fact::kOrganisationMoved, when.on, held->id,
          {.subject = to, .payload = boost::json::serialize(to_json(payload))});
  return OrganisationChange{held->id,
                            held->code,
                            held->name,
                            Turn::moved,
                            payload.structure,
                            held->parent,
                            to,
                            count_below(tx, structure, held->id),
                            {}};
}

Result<OrganisationChange> take_back_move(Transaction& tx, const Fact& moved,
                                          const MovePayload& payload) {
  const Id id = moved.organisation;
  const auto held = standing_of(tx, payload.structure, id);
  if (!held) return held.error();
  const Id back = payload.before.value_or(kNoId);
  if (payload.before) {
    const auto parent = parent_meant(tx, payload.structure, back);
    if (!parent) return parent.error();
    MoveView view{*held, *parent, {moved.happened, tx.store().clock().today()}};
    view.parent_below =
        back != kNoId && stands_below_since(tx, payload.structure, back, id, moved.happened);
    view.too_deep = too_deep(tx, payload.structure, id, back);
    view.name_taken =
        sibling_named(tx, payload.structure, back, held->name, view.when.today, id).has_value();
    if (auto refusal = refuse_move(view)) return std::move(*refusal);
  } else if (const int below = count_below(tx, payload.structure, id); below > 0) {
    return refused("registry.leaves_children", *held, {{"count", std::to_string(below)}});
  }
  if (payload.structure == kPartyStructure) {
    remember(tx, manual_origin(tx), id, "parent", Reference(moved.subject).text());
  }
  const int along = count_below(tx, payload.structure, id);
  take_back_placing(tx, payload.structure, id, moved.happened, payload.before, payload.since);
  const MovePayload undone{payload.structure, moved.subject, moved.happened, moved.command};
  tx.fact(fact::kOrganisationMoved, moved.happened, id,
          {.subject = back, .payload = boost::json::serialize(to_json(undone))});
  return OrganisationChange{
      id,    held->code, held->name, Turn::moved, payload.structure, moved.subject, payload.before,
      along, {}};
}

Result<Changes> move_organisation(Transaction& tx, const MoveOrganisation& command) {
  const auto structure = structure_of(command.structure);
  if (!structure) return structure.error();
  const auto organisation = organisation_meant(tx, command.organisation);
  if (!organisation) return organisation.error();
  const auto parent = parent_meant(tx, *structure, command.parent);
  if (!parent) return parent.error();
  const When when = when_of(tx, command.on);
  auto moved = move_to(tx, *structure, *organisation, *parent, when);
  if (!moved) return moved.error();
  return Changes{tx.command(), when.on, {std::move(*moved)}, {}, {}, {}, "registry.undo"};
}

Result<Changes> move_organisation(Store& store, Actor actor, const MoveOrganisation& command) {
  return store.write(actor, [&](Transaction& tx) { return move_organisation(tx, command); });
}

Result<Changes> preview_move_organisation(Store& store, Actor actor,
                                          const MoveOrganisation& command) {
  return store.rehearse(actor, [&](Transaction& tx) { return move_organisation(tx, command); });
}

}  // namespace jishi::registry
