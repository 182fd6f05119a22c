#include "modules/insight/routes.hpp"

#include "api/paging.hpp"
#include "base/texts.hpp"
#include "modules/insight/list_lights/list_lights.hpp"
#include "modules/insight/shown.hpp"

namespace jishi::insight {

namespace {

constexpr api::Permission kRead = "insight.read";

/// The rule that the address names by {module} and {rule}.
std::string rule_of(const http::Request& request) {
  return std::string(request.segment("module").value_or("")) + "/" +
         std::string(request.segment("rule").value_or(""));
}

template <class Query>
http::Response with_query(api::Call& call, const std::function<http::Response(const Query&)>& use) {
  const auto query = api::from_query<Query>(call.request.query);
  if (!query) return api::problem(call.request, call.language(), query.error());
  return use(*query);
}

/// Describes a route whose function holds more than a Call.
template <class Answer, class Query>
void described(api::Operation& operation) {
  operation.query = api::struct_schema<Query, api::Way::sent>;
  operation.answer = api::schema_of<Answer, api::Way::answered>;
  operation.run = http::Run::on_worker;
}

http::Response lights(api::Call& call, Keeper& keeper, const Codes& codes) {
  return with_query<LightFilter>(call, [&](const LightFilter& filter) {
    const Wording wording{keeper.rules(), codes, call.language()};
    return api::answer(call, call.store.read([&](db::Reader& reader) {
      return list_lights(reader, call.organisation, filter, wording);
    }));
  });
}

http::Response counts(api::Call& call) {
  return api::answer(call, Result<LightCounts>(call.store.read([&](db::Reader& reader) {
                       return LightCounts{count_lights(reader, call.organisation)};
                     })));
}

http::Response explanation(api::Call& call, Keeper& keeper) {
  return with_query<AsOf>(call, [&](const AsOf& query) {
    const Date day = query.as_of.value_or(call.store.clock().today());
    const auto why = keeper.ask([&](Insight& insight) {
      return insight.explain(rule_of(call.request), std::to_string(call.subject), day);
    });
    if (!why) return api::problem(call.request, call.language(), why.error());
    return api::answer(call, Result<ShownExplanation>(shown(*why, day, call.language())));
  });
}

http::Response rules(api::Call& call, Keeper& keeper) {
  api::Page<ShownRule> page;
  for (const Rule& rule : keeper.rules()) page.items.push_back(shown(rule, call.language()));
  return api::answer(call, Result<api::Page<ShownRule>>(std::move(page)));
}

http::Response structure(api::Call& call, Keeper& keeper) {
  return with_query<AsOf>(call, [&](const AsOf& query) {
    const Date day = query.as_of.value_or(call.store.clock().today());
    const auto counted = keeper.ask([&](Insight& insight) {
      return insight.structure(std::to_string(call.organisation), day);
    });
    if (!counted) return api::problem(call.request, call.language(), counted.error());
    return api::answer(call, Result<ShownStructure>(shown(*counted, day)));
  });
}

http::Response set_parameter(api::Call& call, Keeper& keeper) {
  const auto json = api::body_with_segments(call.request, {});
  if (!json) return api::problem(call.request, call.language(), json.error());
  const auto body = from_json<ParameterValue>(*json);
  if (!body) return api::problem(call.request, call.language(), body.error());
  const auto done = keeper.ask([&](Insight& insight) {
    return insight.set_parameter(Actor{call.caller.account}, rule_of(call.request),
                                 call.request.segment("name").value_or(""),
                                 std::to_string(call.organisation), body->value);
  });
  if (!done) return api::problem(call.request, call.language(), done.error());
  return api::answer(call, Result<ParameterValue>(*body));
}

}  // namespace

void routes(api::Routes& routes, Keeper& keeper, const Codes& codes) {
  using http::Method;
  const auto organisation = api::organisation_in("organisation");
  described<api::Page<ListedLight>, LightFilter>(
      routes.raw(Method::get, "/api/v1/organisations/{organisation}/lights",
                 {"insight.list_lights", kRead, organisation},
                 [&keeper, &codes](api::Call& call) { return lights(call, keeper, codes); }));
  described<LightCounts, api::Nothing>(
      routes.raw(Method::get, "/api/v1/organisations/{organisation}/lights/counts",
                 {"insight.count_lights", kRead, organisation}, counts));
  described<ShownStructure, AsOf>(
      routes.raw(Method::get, "/api/v1/organisations/{organisation}/structure",
                 {"insight.structure", kRead, organisation},
                 [&keeper](api::Call& call) { return structure(call, keeper); }));
  const auto explain = [&keeper](api::Call& call) { return explanation(call, keeper); };
  described<ShownExplanation, AsOf>(
      routes.raw(Method::get, "/api/v1/rules/{module}/{rule}/organisations/{organisation}",
                 {"insight.explain_organisation", kRead, organisation}, explain));
  described<ShownExplanation, AsOf>(
      routes.raw(Method::get, "/api/v1/rules/{module}/{rule}/persons/{person}",
                 {"insight.explain_person", kRead, api::person_in("person")}, explain));
  described<api::Page<ShownRule>, api::Nothing>(
      routes.raw(Method::get, "/api/v1/rules", {"insight.list_rules", {}, api::own_account()},
                 [&keeper](api::Call& call) { return rules(call, keeper); }));
  api::Operation& setting = routes.raw(
      Method::put, "/api/v1/organisations/{organisation}/rules/{module}/{rule}/parameters/{name}",
      {"insight.set_parameter", "insight.manage", organisation},
      [&keeper](api::Call& call) { return set_parameter(call, keeper); });
  setting.body_kind = http::BodyKind::json;
  setting.run = http::Run::on_worker;
  setting.body = api::struct_schema<ParameterValue, api::Way::sent>;
  setting.answer = api::schema_of<ParameterValue, api::Way::answered>;
}

}  // namespace jishi::insight
