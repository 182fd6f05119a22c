#include "api/routes.hpp"
#include "modules/registry/ended_posts/ended_posts.hpp"
#include "modules/registry/field_history/field_history.hpp"
#include "modules/registry/history/organisation_on.hpp"
#include "modules/registry/part_time/part_time_posts.hpp"
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
  std::optional<std::string> sex;
  std::optional<std::string> name;  // the beginning of it
  std::optional<MemberOnOrder> order;
  std::optional<bool> descending;
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(MembersOnDay, (),
                      (on, structure, stage, status, sex, name, order, descending, after, limit))

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
  query.sex = asked.sex.value_or("");
  query.name = asked.name.value_or("");
  query.order = asked.order.value_or(query.order);
  query.descending = asked.descending.value_or(false);
  query.after = asked.after;
  query.limit = asked.limit.value_or(query.limit);
  return call.store.read(
      [&](db::Reader& reader) { return members_on(reader, scope->get(), query); });
}

struct OnDay {
  Date on;
  std::optional<std::string> structure;
};
BOOST_DESCRIBE_STRUCT(OnDay, (), (on, structure))

Result<OrganisationOn> stood_then(Call& call, const OnDay& asked) {
  const auto scope = CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  return call.store.read([&](db::Reader& reader) {
    return organisation_on(reader, scope->get(), call.organisation, asked.on);
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
  const auto fields = [](Call& call, const FieldHistoryQuery& query) {
    return call.store.read([&](db::Reader& reader) {
      return field_history(reader, call.store.keys(), call.subject, query);
    });
  };
  routes.get_slowly<FieldHistoryQuery>(
      "/api/v1/organisations/{organisation}/fields/history",
      {"registry.organisation_field_history", api::kSee, organisation}, fields);
  routes.list<api::Nothing>(
      "/api/v1/organisations/{organisation}/posts/part-time",
      {"registry.part_time_posts", api::kSee, organisation},
      [](api::Call& call, const api::Nothing&) -> Result<api::Page<PartTimePost>> {
        return call.store.read([&](db::Reader& reader) {
          return api::Page<PartTimePost>{
              part_time_posts(reader, call.organisation, call.store.clock().today()), {}};
        });
      });
  routes.list<EndedPostsQuery>("/api/v1/organisations/{organisation}/posts/ended",
                               {"registry.ended_posts", api::kSee, organisation},
                               [](Call& call, const EndedPostsQuery& query) {
                                 return call.store.read([&](db::Reader& reader) {
                                   return ended_posts(reader, call.organisation,
                                                      call.store.clock().today(), query);
                                 });
                               });
  routes.get_slowly<OnDay>("/api/v1/organisations/{organisation}/history",
                           {"registry.organisation_on", api::kSee, organisation}, stood_then);
  routes.get_slowly<FieldHistoryQuery>(
      "/api/v1/persons/{person}/fields/history",
      {"registry.field_history", api::kSee, api::person_in("person")}, fields);
}

}  // namespace jishi::registry
