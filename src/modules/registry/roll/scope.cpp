#include "modules/registry/roll/scope.hpp"

#include "modules/registry/members/members.hpp"
#include "modules/registry/roll/scope.sql.hpp"

namespace jishi::registry {

std::string Scope::json() const {
  return db::number_list(places);
}

bool in_scope(db::Reader& reader, const Scope& scope, Id organisation) {
  if (scope.places.empty()) return false;
  return reader.one<int>(sql::scope::holds, organisation, scope.structure, scope.json())
      .has_value();
}

bool person_in_scope(db::Reader& reader, const Scope& scope, Id person) {
  return organisation_in_scope(reader, scope, person).has_value();
}

std::optional<Id> organisation_in_scope(db::Reader& reader, const Scope& scope, Id person) {
  const auto organisation = organisation_of(reader, person);
  return organisation && in_scope(reader, scope, *organisation) ? organisation : std::nullopt;
}

}  // namespace jishi::registry
