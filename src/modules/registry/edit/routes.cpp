#include "api/routes.hpp"
#include "modules/registry/edit/edit_person.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::registry {

void edit_routes(api::Routes& routes, const Codes& codes) {
  using api::Call;
  const auto page = [](db::Reader& reader, const Call& call) {
    return archive_of(reader, call.store.keys(), call.subject);
  };
  routes.edit<PersonEdit>("/api/v1/persons/{person}",
                          {"registry.edit_person", "registry.write", api::person_in("person")},
                          page, [&](Transaction& tx, const Call& call, const PersonEdit& edit) {
                            return edit_person(tx, codes, call.subject, edit);
                          });
}

}  // namespace jishi::registry
