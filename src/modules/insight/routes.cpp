#include "modules/insight/routes.hpp"

#include "modules/insight/list_lights/list_lights.hpp"
#include "modules/insight/shown.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {

namespace {

constexpr api::Permission kRead = "insight.read";

/// The rule that the address names by {module} and {rule}.
std::string rule_of(const http::Request& request) {
  return std::string(request.segment("module").value_or("")) + "/" +
         std::string(request.segment("rule").value_or(""));
}

Date day_of(const api::Call& call, const AsOf& query) {
  return query.as_of.value_or(call.store.clock().today());
}

Result<ShownExplanation> explain(api::Call& call, Keeper& keeper, const AsOf& query) {
  const Date day = day_of(call, query);
  const auto why = keeper.ask([&](Insight& insight) {
    return insight.explain(rule_of(call.request), std::to_string(call.subject), day);
  });
  if (!why) return why.error();
  return shown(*why, day, call.language());
}

Result<ShownStructure> structure(api::Call& call, Keeper& keeper, const AsOf& query) {
  const Date day = day_of(call, query);
  const auto counted = keeper.ask(
      [&](Insight& insight) { return insight.structure(std::to_string(call.organisation), day); });
  if (!counted) return counted.error();
  return shown(*counted, day);
}

Result<ParameterValue> set_parameter(api::Call& call, Keeper& keeper, const ParameterValue& body) {
  const auto done = keeper.ask([&](Insight& insight) {
    return insight.set_parameter(Actor{call.caller.account}, rule_of(call.request),
                                 call.request.segment("name").value_or(""),
                                 std::to_string(call.organisation), body.value);
  });
  if (!done) return done.error();
  return body;
}

struct InStructure {
  std::optional<std::string> structure;  // the Party's when not given
};
BOOST_DESCRIBE_STRUCT(InStructure, (), (structure))

/// Of the caller's scope in a structure what lies at and below the organisation of the call.
Result<LightsOf> whose_lights(const api::Call& call, const std::optional<std::string>& structure) {
  const auto scope = registry::CallerScope::of(call, structure);
  if (!scope) return scope.error();
  api::Place place{call.organisation, std::string(scope->get().structure), true};
  place.below = call.gate.covers(call.caller, call.permission, place);
  if (!call.gate.covers(call.caller, call.permission, place))
    return registry::organisation_not_found(call.organisation);
  return LightsOf{call.organisation, place.structure, place.below};
}

Result<api::Page<ListedLight>> lights(api::Call& call, const Wording& wording,
                                      const LightFilter& filter) {
  const auto whose = whose_lights(call, filter.structure);
  if (!whose) return whose.error();
  return call.store.read(
      [&](db::Reader& reader) { return list_lights(reader, *whose, filter, wording); });
}

Result<LightCounts> counts(api::Call& call, const InStructure& asked) {
  const auto whose = whose_lights(call, asked.structure);
  if (!whose) return whose.error();
  return call.store.read(
      [&](db::Reader& reader) { return LightCounts{count_lights(reader, *whose)}; });
}

api::Page<ShownRule> rules(const api::Call& call, const Keeper& keeper) {
  api::Page<ShownRule> page;
  for (const Rule& rule : keeper.rules()) page.items.push_back(shown(rule, call.language()));
  return page;
}

}  // namespace

void routes(api::Routes& routes, Keeper& keeper, const Codes& codes) {
  using api::Call;
  const auto organisation = api::organisation_in("organisation");
  routes.list<LightFilter>("/api/v1/organisations/{organisation}/lights",
                           {"insight.list_lights", kRead, organisation},
                           [&](Call& call, const LightFilter& filter) {
                             return lights(call, {keeper.rules(), codes, call.language()}, filter);
                           });
  routes.get_slowly<InStructure>("/api/v1/organisations/{organisation}/lights/counts",
                                 {"insight.count_lights", kRead, organisation}, counts);
  routes.get_slowly<AsOf>(
      "/api/v1/organisations/{organisation}/structure", {"insight.structure", kRead, organisation},
      [&](Call& call, const AsOf& query) { return structure(call, keeper, query); });
  const auto why = [&](Call& call, const AsOf& query) { return explain(call, keeper, query); };
  routes.get_slowly<AsOf>("/api/v1/rules/{module}/{rule}/organisations/{organisation}",
                          {"insight.explain_organisation", kRead, organisation}, why);
  routes.get_slowly<AsOf>("/api/v1/rules/{module}/{rule}/persons/{person}",
                          {"insight.explain_person", kRead, api::person_in("person")}, why);
  routes.get<api::Nothing>(
      "/api/v1/rules", {"insight.list_rules", {}, api::own_account()},
      [&](Call& call, const api::Nothing&) { return Result(rules(call, keeper)); });
  routes.act<ParameterValue>(
      http::Method::put,
      "/api/v1/organisations/{organisation}/rules/{module}/{rule}/parameters/{name}",
      {"insight.set_parameter", "insight.manage", organisation},
      [&](Call& call, const ParameterValue& body) { return set_parameter(call, keeper, body); });
}

}  // namespace jishi::insight
