#pragma once
// The whole archive (超级档案) of one person on one page: what the registry, organisation life and
// dues each know of them.

#include "modules/dues/dues.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::dossier {

inline constexpr int kActivitiesShown = 10;
inline constexpr int kMonthsShown = 24;

struct Dossier {
  registry::PersonPage person;
  std::vector<orglife::AttendedActivity> activities;  // the last of their organisation
  std::vector<dues::MonthPaid> dues;                  // the last months paid for
};
BOOST_DESCRIBE_STRUCT(Dossier, (), (person, activities, dues))

/// The archive of a person within the scope. Error: registry.person_not_found.
Result<Dossier> dossier_of(db::Reader& reader, const crypto::Keys& keys,
                           const registry::Scope& scope, Id person);

}  // namespace jishi::dossier
