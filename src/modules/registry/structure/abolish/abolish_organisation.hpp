#pragma once
#include "modules/registry/structure/changes.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

struct Origin;

/// Ends an organisation that has neither members in good standing nor organisations under it. Its
/// posts end with it. It keeps its place, so that its superiors still see its archive.
struct AbolishOrganisation {
  Reference organisation;
  std::optional<Date> on;  // the first day on which it is no more; none: today
};
BOOST_DESCRIBE_STRUCT(AbolishOrganisation, (), (organisation, on))

/// What the decision to abolish an organisation looks at.
struct AbolishView {
  Standing organisation;
  When when;
  int children = 0;  // living, in any structure
  int members = 0;   // in good standing
  std::optional<Date> changed_after = {};
};
std::optional<Error> refuse_abolish(const AbolishView& view);

/// What the fact of an end holds, so that it can be taken back.
struct EndPayload {
  std::optional<Date> before;  // the end that was planned
  std::optional<Id> undoes;    // the command that this one took back
};
BOOST_DESCRIBE_STRUCT(EndPayload, (), (before, undoes))

/// Ends an organisation, as other commands need it too: decides, writes, adds to `changes`.
Result<Done> end_organisation(Transaction& tx, const Origin& origin, Id organisation,
                              const When& when, Changes& changes,
                              std::optional<Id> undoes = std::nullopt);

Result<Changes> abolish_organisation(Transaction& tx, const AbolishOrganisation& command);
Result<Changes> abolish_organisation(Store& store, Actor actor, const AbolishOrganisation& command);
Result<Changes> preview_abolish_organisation(Store& store, Actor actor,
                                             const AbolishOrganisation& command);

}  // namespace jishi::registry
