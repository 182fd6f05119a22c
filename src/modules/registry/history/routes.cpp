#include "api/routes.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::registry {

namespace {

using api::Call;

struct DayQuery {
  std::optional<Date> on;                // the day that is asked about; today when not given
  std::optional<std::string> structure;  // the Party's when not given
};
BOOST_DESCRIBE_STRUCT(DayQuery, (), (on, structure))

struct MembersOnDay {
  std::optional<Date> on;
  std::optional<std::string> structure;
  std::optional<std::string> stage;
  std::optional<std::string> status;
  std::optional<Id> after;  // the last person of the page before
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(MembersOnDay, (), (on, structure, stage, status, after, limit))

Date day_of(const Call& call, const std::optional<Date>& on) {
  return on.value_or(call.store.clock().today());
}

Result<CountsOn> counts(Call& call, const DayQuery& asked) {
  const auto scope = CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  return call.store.read([&](db::Reader& reader) {
    return counts_on(reader, scope->get(), call.organisation, day_of(call, asked.on));
  });
}

Result<api::Page<BranchOn>> children_then(Call& call, const DayQuery& asked) {
  const auto scope = CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<BranchOn>> {
    auto rows = branches_on(reader, scope->get(), call.organisation, day_of(call, asked.on));
    if (!rows) return rows.error();
    return api::Page<BranchOn>{std::move(*rows), std::nullopt};
  });
}

Result<api::Page<MemberOn>> members_then(Call& call, const MembersOnDay& asked) {
  const auto scope = CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  MembersOnQuery query;
  query.organisation = call.organisation;
  query.on = day_of(call, asked.on);
  query.stage = asked.stage.value_or("");
  query.status = asked.status.value_or("");
  query.after = asked.after.value_or(kNoId);
  query.limit = asked.limit.value_or(query.limit);
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<MemberOn>> {
    auto page = members_on(reader, scope->get(), query);
    if (!page) return page.error();
    return api::Page<MemberOn>{std::move(page->rows), page->next.empty()
                                                          ? std::nullopt
                                                          : std::optional(std::move(page->next))};
  });
}

}  // namespace

void history_routes(api::Routes& routes) {
  const auto organisation = api::organisation_in("organisation");
  routes.get_slowly<DayQuery>("/api/v1/organisations/{organisation}/history/counts",
                              {"registry.counts_on", api::kSee, organisation}, counts);
  routes.list<DayQuery>("/api/v1/organisations/{organisation}/history/children",
                        {"registry.children_on", api::kSee, organisation}, children_then);
  routes.list<MembersOnDay>("/api/v1/organisations/{organisation}/history/members",
                            {"registry.members_on", api::kSee, organisation}, members_then);
}

}  // namespace jishi::registry
