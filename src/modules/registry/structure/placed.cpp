#include "modules/registry/structure/placed.hpp"

#include "base/texts.hpp"
#include "ledger/trail.hpp"
#include "modules/registry/registry.hpp"
#include "modules/registry/structure/move/move_organisation.hpp"

namespace jishi::registry {

namespace {

constexpr api::Permission kWrite = "registry.write";

// A role in another structure than the Party's says where organisations stand in that structure,
// though nothing else of them is its own to write.
bool may_place(const api::Call& call, std::string_view structure, Id organisation) {
  if (call.gate.may(call.caller, kWrite, organisation)) return true;
  return structure != kPartyStructure &&
         call.gate.covers(call.caller, kWrite, {organisation, std::string(structure), false});
}

Error not_yours() {
  return fail(
      ErrorKind::forbidden, "api.forbidden",
      {{"permission", say(Language::zh, kWrite)}, {"permission_en", say(Language::en, kWrite)}});
}

/// The structure in which a command moved an organisation; of any other command, the Party's.
std::string structure_of_command(db::Reader& reader, Id command) {
  for (const Fact& fact : ledger::facts_of(reader, command, 1)) {
    if (fact.kind != static_cast<std::int32_t>(fact::kOrganisationMoved)) continue;
    const auto parsed = parse_json(fact.payload);
    if (!parsed) continue;
    if (const auto payload = from_json<MovePayload>(*parsed)) return payload->structure;
  }
  return std::string(kPartyStructure);
}

}  // namespace

Result<Changes> move_where_placed(Transaction& tx, const api::Call& call,
                                  const MoveOrganisation& command) {
  const auto structure = structure_of(command.structure);
  if (!structure) return structure.error();
  if (!may_place(call, *structure, call.organisation)) return not_yours();
  if (!command.parent.empty()) {
    const auto parent = organisation_meant(tx, command.parent);
    if (!parent) return parent.error();
    if (!may_place(call, *structure, *parent)) return organisation_not_found(*parent);
  }
  return move_organisation(tx, command);
}

Result<Changes> undo_where_placed(Transaction& tx, const api::Call& call, const Undo& command) {
  if (!may_place(call, structure_of_command(tx, call.subject), call.organisation))
    return not_yours();
  return undo(tx, command);
}

}  // namespace jishi::registry
