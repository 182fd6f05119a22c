#include "modules/dossier/dossier.hpp"

namespace jishi::dossier {

Result<Dossier> dossier_of(db::Reader& reader, const crypto::Keys& keys,
                           const registry::Scope& scope, Id person) {
  auto page = registry::person_page(reader, keys, scope, person);
  if (!page) return page.error();
  const Id organisation = page->organisation;
  return Dossier{std::move(*page),
                 orglife::last_activities(reader, organisation, person, kActivitiesShown),
                 dues::months_paid(reader, person, kMonthsShown)};
}

}  // namespace jishi::dossier
