#include "modules/registry/structure/create/create_organisation.hpp"

#include "base/text.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/structure/links.hpp"

namespace jishi::registry {

std::optional<Error> refuse_create(const CreateView& view) {
  if (auto refusal = refuse_name(view.name)) return refusal;
  if (view.kind.empty()) return fail(ErrorKind::invalid, "registry.kind_missing");
  if (view.code.size() > kMaxCode) {
    return fail(ErrorKind::invalid, "registry.code_too_long",
                {{"limit", std::to_string(kMaxCode)}});
  }
  if (auto refusal = refuse_day(Standing{}, view.when)) return refusal;
  if (auto refusal = refuse_parent(view.parent, view.when)) return refusal;
  if (view.too_deep) return refused("registry.too_deep", *view.parent);
  if (view.code_taken) {
    return fail(ErrorKind::conflict, "registry.code_taken", {{"code", view.code}});
  }
  if (view.name_taken) return name_taken(view.name);
  return std::nullopt;
}

namespace {

constexpr std::string_view kBranch = "branch";

// What stands in other structures and is no organisation of the Party.
bool is_of_no_party(std::string_view kind) {
  return kind == "party_region" || kind == "grid" || kind == "enterprise" ||
         kind == "social_organisation";
}

}  // namespace

Result<Changes> create_in_place_of(Transaction& tx, const CreateOrganisation& command,
                                   const std::vector<Id>& replaced) {
  const auto structure = structure_of(command.structure);
  if (!structure) return structure.error();
  const auto parent = parent_meant(tx, *structure, command.parent.value_or(Reference()));
  if (!parent) return parent.error();
  CreateView view{tidy(command.name),
                  command.kind,
                  std::string(trim(command.code.value_or(""))),
                  *parent,
                  when_of(tx, command.on),
                  false,
                  false,
                  false};
  const Id parent_id = *parent ? (*parent)->id : kNoId;
  view.too_deep = too_deep(tx, *structure, kNoId, parent_id);
  const auto sibling = sibling_named(tx, *structure, parent_id, view.name, view.when.today, kNoId);
  view.name_taken =
      sibling && std::find(replaced.begin(), replaced.end(), *sibling) == replaced.end();
  view.code_taken = !view.code.empty() && organisation_by_code(tx, view.code);
  if (auto refusal = refuse_create(view)) return std::move(*refusal);
  if (auto refusal = tx.refuse_code("organisation_kind", "kind", view.kind))
    return std::move(*refusal);
  if (*structure == kPartyStructure && is_of_no_party(view.kind))
    return fail(ErrorKind::invalid, "registry.kind_of_no_party", {{"path", "kind"}});
  if (*structure != kPartyStructure && view.kind == kBranch)
    return fail(ErrorKind::invalid, "registry.branch_of_the_party", {{"path", "kind"}});
  if (command.unit_kind) {
    if (auto refusal = tx.refuse_code("unit_kind", "unit_kind", *command.unit_kind))
      return std::move(*refusal);
  }

  OrganisationRecord record;
  record.code = view.code;
  record.name = view.name;
  record.parent = parent_id;
  record.kind = view.kind;
  record.founded = view.when.on;
  record.structure = *structure;
  if (command.unit_name) record.unit_name = *command.unit_name;
  if (command.credit_code) record.credit_code = *command.credit_code;
  if (command.unit_kind) record.unit_kind = *command.unit_kind;
  if (command.division) record.division = *command.division;
  const Id id = record_organisation(tx, manual_origin(tx), std::nullopt, record).id;
  place(tx, *structure, id, parent_id, view.when.on);
  OrganisationChange made{
      id, organisation(tx, id)->code, view.name, Turn::created, *structure, {}, parent_id, 0, {}};
  return Changes{tx.command(), view.when.on, {made}, {}, {}, {}, "registry.abolish_organisation"};
}

Result<Changes> create_organisation(Transaction& tx, const CreateOrganisation& command) {
  return create_in_place_of(tx, command, {});
}

Result<Changes> create_organisation(Store& store, Actor actor, const CreateOrganisation& command) {
  return store.write(actor, [&](Transaction& tx) { return create_organisation(tx, command); });
}

Result<Changes> preview_create_organisation(Store& store, Actor actor,
                                            const CreateOrganisation& command) {
  return store.rehearse(actor, [&](Transaction& tx) { return create_organisation(tx, command); });
}

}  // namespace jishi::registry
