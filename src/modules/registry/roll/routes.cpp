#include "api/routes.hpp"
#include "modules/registry/registry.hpp"
#include "modules/registry/roll/caller_scope.hpp"

namespace jishi::registry {

namespace {

using api::Call;
using api::Nothing;

struct MembersQuery {
  bool direct = false;  // of the organisation itself only
  std::optional<std::string> stage;
  std::optional<std::string> status;
  std::optional<std::string> sex;
  std::optional<std::string> education;
  std::optional<Date> born_from;
  std::optional<Date> born_to;
  std::optional<Date> joined_from;
  std::optional<Date> joined_to;
  std::optional<std::string> name;  // the beginning of a name, its pinyin, its initials
  std::optional<MemberOrder> order;
  bool descending = false;
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(MembersQuery, (),
                      (direct, stage, status, sex, education, born_from, born_to, joined_from,
                       joined_to, name, order, descending, after, limit))

MemberQuery query_of(const Call& call, const MembersQuery& asked) {
  MemberQuery query;
  query.filter = {call.organisation,         asked.direct,           asked.stage.value_or(""),
                  asked.status.value_or(""), asked.sex.value_or(""), asked.education.value_or(""),
                  asked.born_from,           asked.born_to,          asked.joined_from,
                  asked.joined_to,           asked.name.value_or("")};
  query.order = asked.order.value_or(MemberOrder::name);
  query.descending = asked.descending;
  query.after = asked.after.value_or("");
  query.limit = asked.limit.value_or(query.limit);
  return query;
}

template <class Row>
api::Page<Row> page_of(std::vector<Row> rows, const std::string& next) {
  return {std::move(rows), next.empty() ? std::nullopt : std::optional(next)};
}

Result<api::Page<MemberRow>> members(Call& call, Roll& roll, const MembersQuery& asked) {
  const CallerScope scope(call);
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<MemberRow>> {
    auto page = members_page(reader, roll, scope.get(), query_of(call, asked));
    if (!page) return page.error();
    return page_of(std::move(page->rows), page->next);
  });
}

struct MemberCount {
  std::int64_t members = 0;
};
BOOST_DESCRIBE_STRUCT(MemberCount, (), (members))

Result<MemberCount> count(Call& call, Roll& roll, const MembersQuery& asked) {
  const CallerScope scope(call);
  return call.store.read([&](db::Reader& reader) -> Result<MemberCount> {
    const auto members = count_members(reader, roll, scope.get(), query_of(call, asked).filter);
    if (!members) return members.error();
    return MemberCount{*members};
  });
}

struct PageQuery {
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (after, limit))

Result<api::Page<Branch>> children(Call& call, Roll& roll, const PageQuery& asked) {
  const CallerScope scope(call);
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<Branch>> {
    auto page = branches(reader, roll, scope.get(),
                         {call.organisation, asked.after.value_or(""), asked.limit.value_or(50)});
    if (!page) return page.error();
    return page_of(std::move(page->rows), page->next);
  });
}

Result<OrganisationPage> organisation_shown(Call& call, Roll& roll) {
  const CallerScope scope(call);
  return call.store.read([&](db::Reader& reader) {
    return organisation_page(reader, call.store.keys(), roll, scope.get(), call.organisation);
  });
}

// The gate let the caller in: as in scope, as oneself or by a temporary access.
Result<PersonPage> archive(Call& call) {
  return call.store.read(
      [&](db::Reader& reader) { return archive_of(reader, call.store.keys(), call.subject); });
}

}  // namespace

void roll_routes(api::Routes& routes, Roll& roll) {
  const auto organisation = api::organisation_in("organisation");
  routes.list<PageQuery>(
      "/api/v1/organisations", {"registry.list_places", api::kSee, api::anywhere()},
      [&](Call& call, const PageQuery& asked) { return children(call, roll, asked); });
  routes.get_slowly<Nothing>(
      "/api/v1/organisations/{organisation}",
      {"registry.show_organisation", api::kSee, organisation},
      [&](Call& call, const Nothing&) { return organisation_shown(call, roll); });
  routes.list<PageQuery>(
      "/api/v1/organisations/{organisation}/children",
      {"registry.list_children", api::kSee, organisation},
      [&](Call& call, const PageQuery& asked) { return children(call, roll, asked); });
  routes.list<MembersQuery>(
      "/api/v1/organisations/{organisation}/members",
      {"registry.list_members", api::kSee, organisation},
      [&](Call& call, const MembersQuery& asked) { return members(call, roll, asked); });
  routes.get_slowly<MembersQuery>(
      "/api/v1/organisations/{organisation}/members/count",
      {"registry.count_members", api::kSee, organisation},
      [&](Call& call, const MembersQuery& asked) { return count(call, roll, asked); });
  routes.get<Nothing>("/api/v1/persons/{person}",
                      {"registry.show_person", api::kSee, api::person_in("person")},
                      [](Call& call, const Nothing&) { return archive(call); });
}

}  // namespace jishi::registry
