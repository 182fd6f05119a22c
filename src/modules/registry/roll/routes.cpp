#include "api/routes.hpp"
#include "modules/registry/registry.hpp"
#include "modules/registry/roll/caller_scope.hpp"
#include "modules/registry/roll/members_list.hpp"

namespace jishi::registry {

namespace {

using api::Call;
using api::Nothing;

template <class Row>
api::Page<Row> page_of(std::vector<Row> rows, const std::string& next) {
  return {std::move(rows), next.empty() ? std::nullopt : std::optional(next)};
}

struct MemberCount {
  std::int64_t members = 0;
};
BOOST_DESCRIBE_STRUCT(MemberCount, (), (members))

Result<MemberCount> count(Call& call, Roll& roll, const MembersQuery& asked) {
  const auto members = count_listed(call, roll, asked);
  if (!members) return members.error();
  return MemberCount{*members};
}

struct BelowQuery {
  std::optional<std::string> structure;  // the Party's when not given
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(BelowQuery, (), (structure, after, limit))

Result<api::Page<Branch>> children(Call& call, Roll& roll, const BelowQuery& asked) {
  const auto scope = CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<Branch>> {
    auto page = branches(reader, roll, scope->get(),
                         {call.organisation, asked.after.value_or(""), asked.limit.value_or(50)});
    if (!page) return page.error();
    return page_of(std::move(page->rows), page->next);
  });
}

Result<OrganisationPage> organisation_shown(Call& call, Roll& roll, const InStructure& asked) {
  const auto scope = CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  return call.store.read([&](db::Reader& reader) {
    return organisation_page(reader, call.store.keys(), roll, scope->get(), call.organisation);
  });
}

// The gate let the caller in: as in scope, as oneself or by a temporary access.
Result<PersonPage> archive(Call& call) {
  return call.store.read_once(
      [&](db::Reader& reader) { return archive_of(reader, call.store.keys(), call.subject); });
}

}  // namespace

void roll_routes(api::Routes& routes, Roll& roll) {
  const auto organisation = api::organisation_in("organisation");
  routes.list<BelowQuery>(
      "/api/v1/organisations", {"registry.list_places", api::kSee, api::anywhere()},
      [&](Call& call, const BelowQuery& asked) { return children(call, roll, asked); });
  routes.get_slowly<InStructure>(
      "/api/v1/organisations/{organisation}",
      {"registry.show_organisation", api::kSee, organisation},
      [&](Call& call, const InStructure& asked) { return organisation_shown(call, roll, asked); });
  routes.list<BelowQuery>(
      "/api/v1/organisations/{organisation}/children",
      {"registry.list_children", api::kSee, organisation},
      [&](Call& call, const BelowQuery& asked) { return children(call, roll, asked); });
  routes.list<MembersQuery>(
      "/api/v1/organisations/{organisation}/members",
      {"registry.list_members", api::kSee, organisation},
      [&](Call& call, const MembersQuery& asked) { return list_members(call, roll, asked); },
      whole_members(roll));
  routes.get_slowly<MembersQuery>(
      "/api/v1/organisations/{organisation}/members/count",
      {"registry.count_members", api::kSee, organisation},
      [&](Call& call, const MembersQuery& asked) { return count(call, roll, asked); });
  routes.get<Nothing>("/api/v1/persons/{person}",
                      {"registry.show_person", api::kSee, api::person_in("person")},
                      [](Call& call, const Nothing&) { return archive(call); });
}

}  // namespace jishi::registry
