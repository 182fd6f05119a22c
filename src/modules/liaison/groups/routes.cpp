// Groups as their members see them. Who may is decided by the group, not by one place: the region,
// and while it runs whoever takes part.
#include "api/routes.hpp"

#include "api/paging.hpp"
#include "modules/liaison/groups/group_sight.hpp"
#include "modules/liaison/groups/groups.sql.hpp"

namespace jishi::liaison {

namespace {

using api::Call;
using http::Method;

/// A group as it is listed.
struct ListedGroup {
  Id group = kNoId;
  Id region = kNoId;
  std::string region_name;
  std::string title;
  Date begun;
  Date until;
  std::optional<Date> closed;
  bool running = false;
};
BOOST_DESCRIBE_STRUCT(ListedGroup, (),
                      (group, region, region_name, title, begun, until, closed, running))

struct ShownGroup {
  Id group = kNoId;
  Id region = kNoId;
  std::string region_name;
  std::string title;
  Id case_id = kNoId;
  Date begun;
  Date until;
  std::optional<Date> closed;
  bool running = false;
  std::vector<Partner> partners;
};
BOOST_DESCRIBE_STRUCT(ShownGroup, (),
                      (group, region, region_name, title, case_id, begun, until, closed, running,
                       partners))

struct PageQuery {
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (after, limit))

constexpr std::array kFromTheLatest{std::numeric_limits<std::int64_t>::max()};

Id group_of(const Call& call) {
  const auto text = call.request.segment("group").value_or("");
  return jishi::detail::json_integer(boost::json::string(text)).value_or(kNoId);
}

Result<ShownGroup> show(const Call& call) {
  return call.store.read([&](db::Reader& reader) -> Result<ShownGroup> {
    auto found = see_group(reader, call, group_of(call), "workflow.read");
    if (!found) return found.error();
    GroupRow& row = found->row;
    const bool running = runs(row, call.store.clock().today());
    return ShownGroup{row.group,
                      row.region,
                      std::move(row.region_name),
                      std::move(row.title),
                      row.case_id,
                      row.begun,
                      row.until,
                      row.closed,
                      running,
                      std::move(found->partners)};
  });
}

Result<api::Page<ListedGroup>> list(const Call& call, const PageQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, kFromTheLatest);
  if (!after) return after.error();
  const Date today = call.store.clock().today();
  auto rows = call.store.read([&](db::Reader& reader) {
    return reader.all<GroupRow>(sql::groups::list, call.organisation, (*after)[0], today,
                                *limit + 1);
  });
  api::Page<ListedGroup> page;
  if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().group});
  for (GroupRow& row : rows) {
    page.items.push_back({row.group, row.region, std::move(row.region_name), std::move(row.title),
                          row.begun, row.until, row.closed, runs(row, today)});
  }
  return page;
}

}  // namespace

void group_routes(api::Routes& routes) {
  routes.list<PageQuery>(
      "/api/v1/organisations/{organisation}/groups",
      {"liaison.list_groups", "workflow.read", api::organisation_in("organisation")},
      [](Call& call, const PageQuery& query) { return list(call, query); });
  routes.get_slowly<api::Nothing>("/api/v1/groups/{group}",
                                  {"liaison.show_group", {}, api::own_account()},
                                  [](Call& call, const api::Nothing&) { return show(call); });
}

}  // namespace jishi::liaison
