// Groups as their members see them. Who may is decided by the group, not by one place: the region,
// and while it runs whoever takes part.
#include "api/routes.hpp"

#include "api/paging.hpp"
#include "api/segment_id.hpp"
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

/// What a partner takes on.
struct Pledge {
  Id organisation = kNoId;
  std::string organisation_name;
  std::string answer;  // waiting | pledged
  std::string pledge;
};
BOOST_DESCRIBE_STRUCT(Pledge, (), (organisation, organisation_name, answer, pledge))

struct AnswerRow {
  Id organisation = kNoId;
  std::string organisation_name;
  std::string outcome;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (organisation, organisation_name, outcome))

/// A step of the project that is open, and where.
struct OpenStep {
  std::string step;
  Id organisation = kNoId;
  std::string organisation_name;
  std::optional<std::int64_t> due_ms;
};
BOOST_DESCRIBE_STRUCT(OpenStep, (), (step, organisation, organisation_name, due_ms))

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
  std::vector<std::string> needs;      // as the joint meeting agreed
  std::vector<std::string> resources;  // the same
  std::vector<Pledge> pledges;         // of those who did not decline
  std::vector<OpenStep> steps;
};
BOOST_DESCRIBE_STRUCT(ShownGroup, (),
                      (group, region, region_name, title, case_id, begun, until, closed, running,
                       partners, needs, resources, pledges, steps))

struct GroupQuery {
  std::optional<std::string> structure;  // all in which the caller sees it, unless said
  std::optional<bool> below;             // also those of regions below; true unless said
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(GroupQuery, (), (structure, below, after, limit))

constexpr std::array kFromTheLatest{std::numeric_limits<std::int64_t>::max()};

Id group_of(const Call& call) {
  return api::id_in(call, "group");
}

/// What was agreed and what is under way, for all who take part.
std::optional<Error> add_agreed(db::Reader& reader, const TellAgreed& tell, ShownGroup& group) {
  auto agreed = tell(reader, group.case_id);
  if (!agreed) return agreed.error();
  group.needs = std::move(agreed->needs);
  group.resources = std::move(agreed->resources);
  for (AnswerRow& row : reader.all<AnswerRow>(sql::groups::answers, group.case_id, kMostPartners)) {
    const bool pledged = row.outcome == "approved";
    group.pledges.push_back({row.organisation, std::move(row.organisation_name),
                             pledged ? "pledged" : "waiting",
                             pledged ? agreed->pledges[row.organisation] : ""});
  }
  group.steps = reader.all<OpenStep>(sql::groups::steps, group.case_id, kMostPartners);
  return std::nullopt;
}

Result<ShownGroup> show(const Call& call, const TellAgreed& tell) {
  return call.store.read([&](db::Reader& reader) -> Result<ShownGroup> {
    auto found = see_group(reader, call, group_of(call), "workflow.read");
    if (!found) return found.error();
    GroupRow& row = found->row;
    const bool running = runs(row, call.store.clock().today());
    ShownGroup shown{row.group,
                     row.region,
                     std::move(row.region_name),
                     std::move(row.title),
                     row.case_id,
                     row.begun,
                     row.until,
                     row.closed,
                     running,
                     std::move(found->partners),
                     {},
                     {},
                     {},
                     {}};
    if (auto refused = add_agreed(reader, tell, shown)) return std::move(*refused);
    return shown;
  });
}

/// In which the caller sees the groups of regions below the organisation, each between blanks. In
/// another than the Party's a role at the organisation itself reaches the regions, though no
/// branch.
Result<std::string> structures_below(const Call& call, const GroupQuery& query) {
  const auto meant = registry::reach_of(call, query.structure);
  if (!meant) return meant.error();
  std::string structures = " ";
  for (const std::string_view structure : registry::kStructures) {
    const bool asked = !query.structure || *query.structure == structure;
    if (!asked || !query.below.value_or(true)) continue;
    const auto reach = registry::reach_of(call, std::string(structure));
    if (reach && (reach->below || structure != registry::kPartyStructure))
      structures.append(structure).append(" ");
  }
  return structures;
}

Result<api::Page<ListedGroup>> list(const Call& call, const GroupQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, kFromTheLatest);
  if (!after) return after.error();
  const auto structures = structures_below(call, query);
  if (!structures) return structures.error();
  const Date today = call.store.clock().today();
  auto rows = call.store.read([&](db::Reader& reader) {
    return reader.all<GroupRow>(sql::groups::list, call.organisation, (*after)[0], today,
                                *limit + 1, *structures);
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

void group_routes(api::Routes& routes, TellAgreed agreed) {
  routes.list<GroupQuery>(
      "/api/v1/organisations/{organisation}/groups",
      {"liaison.list_groups", "workflow.read", api::organisation_in("organisation")},
      [](Call& call, const GroupQuery& query) { return list(call, query); });
  routes.get_slowly<api::Nothing>(
      "/api/v1/groups/{group}", {"liaison.show_group", {}, api::own_account()},
      [tell = std::move(agreed)](Call& call, const api::Nothing&) { return show(call, tell); });
}

}  // namespace jishi::liaison
