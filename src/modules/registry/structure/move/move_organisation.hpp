#pragma once
#include "modules/registry/structure/changes.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// Moves an organisation, with all below it, under another parent from a day; or brings it into a
/// structure in which it did not stand.
struct MoveOrganisation {
  Reference organisation;
  Reference parent;        // 0: to the top
  std::optional<Date> on;  // none: today
  std::optional<std::string> structure;
};
BOOST_DESCRIBE_STRUCT(MoveOrganisation, (), (organisation, parent, on, structure))

/// What the decision to move an organisation looks at.
struct MoveView {
  Standing organisation;
  std::optional<Standing> parent;  // none: the top
  When when;
  bool parent_below = false;  // the parent is, or was since that day, the organisation or below it
  bool too_deep = false;
  bool name_taken = false;
};
std::optional<Error> refuse_move(const MoveView& view);

/// What the fact of a move holds, so that it can be taken back.
struct MovePayload {
  std::string structure;
  std::optional<Id> before;   // the parent before
  std::optional<Date> since;  // when it had come under it
  std::optional<Id> undoes;   // the command that this one took back
};
BOOST_DESCRIBE_STRUCT(MovePayload, (), (structure, before, since, undoes))

/// One placing, as other commands need it too: decides, places, writes the fact.
Result<OrganisationChange> move_to(Transaction& tx, std::string_view structure, Id organisation,
                                   const std::optional<Standing>& parent, const When& when);

/// Takes back the move that a fact tells of. Refused as the move back would be.
Result<OrganisationChange> take_back_move(Transaction& tx, const Fact& moved,
                                          const MovePayload& payload);

Result<Changes> move_organisation(Transaction& tx, const MoveOrganisation& command);
Result<Changes> move_organisation(Store& store, Actor actor, const MoveOrganisation& command);
Result<Changes> preview_move_organisation(Store& store, Actor actor,
                                          const MoveOrganisation& command);

}  // namespace jishi::registry
