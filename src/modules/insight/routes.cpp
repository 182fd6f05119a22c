#include "modules/insight/routes.hpp"

#include "modules/insight/due_calendar/due_calendar.hpp"
#include "modules/insight/handling/handling.hpp"
#include "modules/insight/light_trend/light_trend.hpp"
#include "modules/insight/list_lights/lights_on.hpp"
#include "modules/insight/rule_versions/rule_versions.hpp"
#include "modules/insight/shown.hpp"
#include "modules/insight/terms/terms.hpp"
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
  const auto why = keeper.ask_now([&](Insight& insight) {
    return insight.explain(rule_of(call.request), std::to_string(call.subject), day);
  });
  if (!why) return why.error();
  return shown(*why, day, call.language());
}

/// What was counted last: every wall and page of an organisation asks for the same.
using Structures = KeptAnswers<std::pair<Id, Date>, ShownStructure>;
constexpr std::size_t kMostStructures = 64;

Result<ShownStructure> structure(api::Call& call, Keeper& keeper, Structures& kept,
                                 const AsOf& query) {
  const Date day = day_of(call, query);
  const auto make = [&]() -> Result<ShownStructure> {
    const auto counted = keeper.ask_now([&](Insight& insight) {
      return insight.structure(std::to_string(call.organisation), day);
    });
    if (!counted) return counted.error();
    return shown(*counted, day);
  };
  const auto answer = kept.get(call.store.last_seq(), {call.organisation, day}, make);
  if (!answer) return answer.error();
  return **answer;
}

ParameterSetting setting_of(const api::Call& call, const ParameterValue& body) {
  return {rule_of(call.request), std::string(call.request.segment("name").value_or("")),
          call.organisation, body.value};
}

Result<ParameterValue> set_parameter(api::Call& call, Keeper& keeper, const ParameterValue& body) {
  const auto done = keeper.ask([&](Insight& insight) {
    return insight.set_parameter(Actor{call.caller.account}, setting_of(call, body));
  });
  if (!done) return done.error();
  return body;
}

LightKey light_of(const api::Call& call) {
  return {rule_of(call.request), call.subject};
}

/// Whether the caller may speak for a body above the one under which the light stands. What stands
/// at the top is answered for by whoever keeps the rules there.
bool speaks_for_superior(api::Call& call) {
  const auto body =
      call.store.read([&](db::Reader& reader) { return body_of_light(reader, light_of(call)); });
  if (!body) return false;
  if (body->superior == kNoId)
    return call.gate.may(call.caller, "insight.manage", body->organisation);
  return call.gate.may(call.caller, "insight.waive", body->superior);
}

Result<Handling> handle(api::Call& call, const HandleLight& asked) {
  const bool by_superior = speaks_for_superior(call);
  return call.store.write(Actor{call.caller.account}, [&](Transaction& tx) {
    return handle_light(tx, light_of(call), asked, by_superior);
  });
}

Result<api::Acknowledged> release(api::Call& call, const api::Nothing&) {
  const auto done = call.store.write(Actor{call.caller.account}, [&](Transaction& tx) {
    return release_light(tx, light_of(call));
  });
  if (!done) return done.error();
  return api::Acknowledged{};
}

/// Of the organisation of the call, and of what stands below it in a structure, as far as the
/// caller sees.
Result<LightsOf> whose_lights(const api::Call& call, const std::optional<std::string>& structure) {
  auto reach = registry::reach_of(call, structure);
  if (!reach) return reach.error();
  return LightsOf{{call.organisation}, std::move(reach->structure), reach->below};
}

Result<LightCounts> counts(api::Call& call, const registry::InStructure& asked) {
  const auto whose = whose_lights(call, asked.structure);
  if (!whose) return whose.error();
  return call.store.read(
      [&](db::Reader& reader) { return LightCounts{count_lights(reader, *whose)}; });
}

Result<api::Page<ChildLights>> below(api::Call& call, const registry::InStructure& asked) {
  const auto whose = whose_lights(call, asked.structure);
  if (!whose) return whose.error();
  return call.store.read([&](db::Reader& reader) {
    return api::Page<ChildLights>{lights_of_children(reader, *whose), {}};
  });
}

Result<LightTrend> trend(api::Call& call, const LightTrendQuery& query) {
  const auto whose = whose_lights(call, query.structure);
  if (!whose) return whose.error();
  const Date today = call.store.clock().today();
  return call.store.read(
      [&](db::Reader& reader) { return light_trend(reader, *whose, query, today); });
}

api::Page<ShownRule> rules(const api::Call& call, const Keeper& keeper) {
  api::Page<ShownRule> page;
  for (const Rule& rule : keeper.rules()) page.items.push_back(shown(rule, call.language()));
  return page;
}

}  // namespace

namespace {

/// The routes of what people do about the lights of one kind of subject, by their names.
struct HandlingRoutes {
  std::string at;
  api::Subject subject;
  std::string_view handle;
  std::string_view release;
  std::string_view history;
};

void add_handling(api::Routes& routes, const HandlingRoutes& named) {
  using api::Call;
  routes.act<HandleLight>(http::Method::put, named.at + "/handling",
                          {named.handle, "insight.handle", named.subject}, handle);
  routes.act<api::Nothing>(http::Method::del, named.at + "/handling",
                           {named.release, "insight.handle", named.subject}, release);
  routes.get_slowly<api::Nothing>(named.at + "/history", {named.history, kRead, named.subject},
                                  [](Call& call, const api::Nothing&) {
                                    return Result(call.store.read([&](db::Reader& reader) {
                                      return light_history(reader, light_of(call));
                                    }));
                                  });
}

void handling_routes(api::Routes& routes) {
  add_handling(routes,
               {"/api/v1/rules/{module}/{rule}/organisations/{organisation}",
                api::organisation_in("organisation"), "insight.handle_organisation_light",
                "insight.release_organisation_light", "insight.organisation_light_history"});
  add_handling(routes, {"/api/v1/rules/{module}/{rule}/persons/{person}", api::person_in("person"),
                        "insight.handle_person_light", "insight.release_person_light",
                        "insight.person_light_history"});
}

void parameter_routes(api::Routes& routes, Keeper& keeper) {
  using api::Call;
  const auto organisation = api::organisation_in("organisation");
  const std::string parameter =
      "/api/v1/organisations/{organisation}/rules/{module}/{rule}/parameters/{name}";
  routes.get_slowly<api::Nothing>(
      "/api/v1/organisations/{organisation}/rules", {"insight.rules_of", kRead, organisation},
      [&](Call& call, const api::Nothing&) {
        return Result(
            api::Page<HeldRule>{held(keeper.rules(), call.store.read([&](db::Reader& reader) {
                                  return values_at(reader, call.organisation);
                                })),
                                std::nullopt});
      });
  routes.act<ParameterValue>(
      http::Method::put, parameter, {"insight.set_parameter", "insight.manage", organisation},
      [&](Call& call, const ParameterValue& body) { return set_parameter(call, keeper, body); });
  routes.act<ParameterValue>(http::Method::post, parameter + "/previews",
                             {"insight.preview_parameter", "insight.manage", organisation},
                             [&](Call& call, const ParameterValue& body) {
                               return keeper.ask([&](Insight& insight) {
                                 return insight.preview_parameter(setting_of(call, body));
                               });
                             });
}

void rule_routes(api::Routes& routes, Keeper& keeper) {
  using api::Call;
  routes.get<api::Nothing>(
      "/api/v1/rules", {"insight.list_rules", {}, api::own_account()},
      [&](Call& call, const api::Nothing&) { return Result(rules(call, keeper)); });
  routes.get_slowly<api::Nothing>(
      "/api/v1/rules/{module}/{rule}/versions", {"insight.rule_versions", {}, api::own_account()},
      [](Call& call, const api::Nothing&) -> Result<api::Page<RuleVersion>> {
        auto versions = call.store.read([&](db::Reader& reader) {
          return rule_versions(reader, rule_of(call.request), call.language());
        });
        if (!versions) return versions.error();
        return api::Page<RuleVersion>{std::move(*versions), std::nullopt};
      });
}

using Listing =
    std::function<Result<api::Page<ListedLight>>(api::Call&, const LightsOf&, const LightFilter&)>;

void term_routes(api::Routes& routes, const Listing& list,
                 const std::shared_ptr<LightsOn>& lights_on) {
  using api::Call;
  const auto organisation = api::organisation_in("organisation");
  routes.list<TermsQuery>("/api/v1/organisations/{organisation}/terms",
                          {"insight.terms", kRead, organisation},
                          [list](Call& call, const TermsQuery& query) -> Result<api::Page<Term>> {
                            const auto whose = whose_lights(call, query.structure);
                            if (!whose) return whose.error();
                            const auto filter = lights_of_terms(query);
                            if (!filter) return filter.error();
                            const auto lights = list(call, *whose, *filter);
                            if (!lights) return lights.error();
                            return terms_of(*lights);
                          });
  routes.get_slowly<TermCountsQuery>(
      "/api/v1/organisations/{organisation}/terms/counts",
      {"insight.count_terms", kRead, organisation},
      [lights_on](Call& call, const TermCountsQuery& query) -> Result<TermCounts> {
        if (auto refused = refuse_span(query.from, query.to)) return std::move(*refused);
        const auto whose = whose_lights(call, query.structure);
        if (!whose) return whose.error();
        const auto ends = lights_on->due_days(*whose, std::string(kTermRule), query.to);
        if (!ends) return ends.error();
        return counts_of_terms(*ends, query.from, query.to);
      });
}

}  // namespace

void routes(api::Routes& routes, Store& store, Keeper& keeper, const Codes& codes,
            DueSource others) {
  using api::Call;
  const auto organisation = api::organisation_in("organisation");
  const auto lights_on = std::make_shared<LightsOn>(store, keeper);
  const auto list = [&keeper, &codes, lights_on](Call& call, const LightsOf& whose,
                                                 const LightFilter& filter) {
    const Wording wording{keeper.rules(), codes, call.language(), call.store.clock().today()};
    if (filter.as_of && *filter.as_of != wording.today)
      return lights_on->list(whose, filter, wording);
    return call.store.read(
        [&](db::Reader& reader) { return list_lights(reader, whose, filter, wording); });
  };
  routes.list<LightFilter>("/api/v1/organisations/{organisation}/lights",
                           {"insight.list_lights", kRead, organisation},
                           [list](Call& call, const LightFilter& filter) {
                             const auto whose = whose_lights(call, filter.structure);
                             if (!whose) return Result<api::Page<ListedLight>>(whose.error());
                             return list(call, *whose, filter);
                           });
  routes.list<LightFilter>("/api/v1/lights", {"insight.list_my_lights", kRead, api::anywhere()},
                           [list](Call& call, const LightFilter& filter) {
                             return list(call, {call.gate.places(call.caller, kRead)}, filter);
                           });
  routes.get_slowly<api::Nothing>(
      "/api/v1/persons/{person}/lights", {"insight.person_lights", kRead, api::person_in("person")},
      [&](Call& call, const api::Nothing&) {
        const Wording wording{keeper.rules(), codes, call.language(), call.store.clock().today()};
        return Result(call.store.read([&](db::Reader& reader) {
          return api::Page<ListedLight>{lights_of_person(reader, call.subject, wording), {}};
        }));
      });
  routes.get_slowly<registry::InStructure>("/api/v1/organisations/{organisation}/lights/counts",
                                           {"insight.count_lights", kRead, organisation}, counts);
  routes.get_slowly<AsOf>(
      "/api/v1/organisations/{organisation}/structure", {"insight.structure", kRead, organisation},
      [&, kept = std::make_shared<Structures>(kMostStructures)](Call& call, const AsOf& query) {
        return structure(call, keeper, *kept, query);
      });
  const auto why = [&](Call& call, const AsOf& query) { return explain(call, keeper, query); };
  routes.get_slowly<AsOf>("/api/v1/rules/{module}/{rule}/organisations/{organisation}",
                          {"insight.explain_organisation", kRead, organisation}, why);
  routes.get_slowly<AsOf>("/api/v1/rules/{module}/{rule}/persons/{person}",
                          {"insight.explain_person", kRead, api::person_in("person")}, why);
  routes.get_slowly<registry::InStructure>("/api/v1/organisations/{organisation}/lights/below",
                                           {"insight.lights_below", kRead, organisation}, below);
  routes.get_slowly<LightTrendQuery>("/api/v1/organisations/{organisation}/lights/trend",
                                     {"insight.light_trend", kRead, organisation}, trend);
  term_routes(routes, list, lights_on);
  calendar_routes(routes, keeper, codes, std::move(others));
  rule_routes(routes, keeper);
  parameter_routes(routes, keeper);
  handling_routes(routes);
}

}  // namespace jishi::insight
