#pragma once
#include "modules/registry/structure/changes.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// Lets an organisation that was ended exist again from a day, where it stood. Its posts stay
/// ended.
struct ReopenOrganisation {
  Reference organisation;
  std::optional<Date> on;  // none: today
};
BOOST_DESCRIBE_STRUCT(ReopenOrganisation, (), (organisation, on))

/// What the decision to reopen an organisation looks at.
struct ReopenView {
  Standing organisation;
  When when;
  std::optional<Standing> ended_parent;  // a parent, in any structure, that has ended
  bool name_taken = false;
};
std::optional<Error> refuse_reopen(const ReopenView& view);

/// What the fact of a reopening holds, so that it can be taken back.
struct ReopenPayload {
  std::optional<Date> ended;
  std::optional<Id> undoes;  // the command that this one took back
};
BOOST_DESCRIBE_STRUCT(ReopenPayload, (), (ended, undoes))

/// Takes back an end that a fact tells of: as if it had never been.
Result<OrganisationChange> take_back_abolish(Transaction& tx, const Fact& abolished,
                                             std::optional<Date> planned_end);

/// Takes back a reopening that a fact tells of: the organisation is ended as it was. Refused while
/// it has children or members.
Result<Done> take_back_reopen(Transaction& tx, const Fact& reopened, const ReopenPayload& payload,
                              Changes& changes);

Result<Changes> reopen_organisation(Transaction& tx, const ReopenOrganisation& command);
Result<Changes> reopen_organisation(Store& store, Actor actor, const ReopenOrganisation& command);
Result<Changes> preview_reopen_organisation(Store& store, Actor actor,
                                            const ReopenOrganisation& command);

}  // namespace jishi::registry
