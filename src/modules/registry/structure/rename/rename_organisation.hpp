#pragma once
#include "modules/registry/structure/changes.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// Gives an organisation another name from a day.
struct RenameOrganisation {
  Reference organisation;
  std::string name;
  std::optional<Date> on;  // none: today
};
BOOST_DESCRIBE_STRUCT(RenameOrganisation, (), (organisation, name, on))

/// What the decision to rename an organisation looks at.
struct RenameView {
  Standing organisation;
  std::string name;
  When when;
  bool name_taken = false;
};
std::optional<Error> refuse_rename(const RenameView& view);

/// What the fact of a renaming holds, so that it can be taken back.
struct RenamePayload {
  std::string before;
  std::optional<Id> undoes;  // the command that this one took back
};
BOOST_DESCRIBE_STRUCT(RenamePayload, (), (before, undoes))

/// Takes back the renaming that a fact tells of. Refused as the renaming back would be.
Result<OrganisationChange> take_back_rename(Transaction& tx, const Fact& renamed,
                                            const RenamePayload& payload);

Result<Changes> rename_organisation(Transaction& tx, const RenameOrganisation& command);
Result<Changes> rename_organisation(Store& store, Actor actor, const RenameOrganisation& command);
Result<Changes> preview_rename_organisation(Store& store, Actor actor,
                                            const RenameOrganisation& command);

}  // namespace jishi::registry
