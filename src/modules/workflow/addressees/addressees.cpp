#include "modules/workflow/addressees/addressees.hpp"

#include "base/integer.hpp"
#include "base/text.hpp"
#include "modules/workflow/addressees/addressees.sql.hpp"

namespace jishi::workflow {

namespace {

struct AddresseeQuery {
  std::string q;
};
BOOST_DESCRIBE_STRUCT(AddresseeQuery, (), (q))

std::vector<Addressee> found(const api::Call& call, const AddresseeQuery& query) {
  const std::string words = tidy(query.q);
  const Id id = parse_id(words);
  return call.store.read([&](db::Reader& reader) {
    return reader.all<Addressee>(sql::addressees::found, words, id, call.store.clock().today(),
                                 kMostAddressees);
  });
}

/// Branches of the committee of the organisation, to which one of its members may go.
std::vector<Addressee> siblings(const api::Call& call, const AddresseeQuery& query) {
  const std::string words = tidy(query.q);
  const Id id = parse_id(words);
  return call.store.read([&](db::Reader& reader) {
    return reader.all<Addressee>(sql::addressees::siblings, words, id, call.store.clock().today(),
                                 kMostAddressees, call.organisation);
  });
}

}  // namespace

void addressee_routes(api::Routes& routes) {
  routes.get_slowly<AddresseeQuery>(
      "/api/v1/addressees", {"workflow.find_addressees", "workflow.act", api::anywhere()},
      [](api::Call& call, const AddresseeQuery& query) {
        return Result(api::Page<Addressee>{found(call, query), std::nullopt});
      });
  routes.get_slowly<AddresseeQuery>(
      "/api/v1/organisations/{organisation}/sibling-branches",
      {"workflow.find_sibling_branches", "workflow.act", api::organisation_in("organisation")},
      [](api::Call& call, const AddresseeQuery& query) {
        return Result(api::Page<Addressee>{siblings(call, query), std::nullopt});
      });
}

}  // namespace jishi::workflow
