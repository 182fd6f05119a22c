#pragma once
// Which organisations a caller may see: applied here and nowhere else.

#include <span>
#include <string>

#include "modules/registry/organisations/organisations.hpp"

namespace jishi::registry {

/// The organisations under which (and at which) rows may be seen, in one structure; none of them:
/// nothing is seen.
struct Scope {
  std::span<const Id> places;
  std::string_view structure = kPartyStructure;
  std::span<const Id> own = {};  // at which rows may be seen, and not below

  /// The places as the parameter of a statement: `select value from json_each($n)`.
  std::string json() const;
};

/// Whether an organisation stands within the scope today, with all that stands below it.
bool in_scope(db::Reader& reader, const Scope& scope, Id organisation);

/// Whether a person's formal membership of today stands within the scope.
bool person_in_scope(db::Reader& reader, const Scope& scope, Id person);

/// The organisation of a person's formal membership today, when it stands within the scope.
std::optional<Id> organisation_in_scope(db::Reader& reader, const Scope& scope, Id person);

}  // namespace jishi::registry
