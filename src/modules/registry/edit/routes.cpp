#include "api/routes.hpp"
#include "modules/registry/edit/edit_organisation.hpp"
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
  const auto organisation = api::organisation_in("organisation");
  const auto record = [](db::Reader& reader, const Call& call) {
    return organisation_fields(reader, call.store.keys(), call.organisation);
  };
  routes.get_slowly<api::Nothing>(
      "/api/v1/organisations/{organisation}/record",
      {"registry.organisation_record", api::kSee, organisation},
      [record](Call& call, const api::Nothing&) {
        return call.store.read([&](db::Reader& reader) { return record(reader, call); });
      });
  routes.edit<OrganisationEdit>(
      "/api/v1/organisations/{organisation}/record",
      {"registry.edit_organisation", "registry.write", organisation}, record,
      [&](Transaction& tx, const Call& call, const OrganisationEdit& edit) {
        return edit_organisation(tx, codes, call.organisation, edit);
      });
}

}  // namespace jishi::registry
