#include "modules/governance/changes/changes.hpp"
#include "modules/governance/governance.hpp"
#include "modules/governance/log/log.hpp"
#include "modules/governance/looks/looks.hpp"

namespace jishi::governance {

namespace {

using api::Call;
using api::Nothing;

constexpr api::Permission kAudit = "audit.read";

struct ShownKind {
  std::string kind;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(ShownKind, (), (kind, title))

api::Page<ShownKind> kinds(const FactTitles& titles, Language language) {
  api::Page<ShownKind> page;
  for (const auto& [number, title] : titles) page.items.push_back({title.name, title.in(language)});
  return page;
}

/// Whoever audits the whole reads what belongs to no organisation, too.
Result<api::Page<LoggedFact>> log(Call& call, const FactTitles& titles, const LogQuery& query) {
  std::unordered_map<Id, bool> known;
  const auto sees = [&](Id organisation) {
    const auto [at, fresh] = known.emplace(organisation, false);
    if (fresh) at->second = call.gate.may(call.caller, kAudit, organisation);
    return at->second;
  };
  return call.store.read(
      [&](db::Reader& reader) { return log_page(reader, query, sees, titles, call.language()); });
}

Telling telling_to(Call& call, const FactTitles& titles) {
  return {titles, call.language(),
          [&call](Id organisation) { return call.gate.may(call.caller, api::kSee, organisation); }};
}

Result<api::Page<Change>> changes(Call& call, const FactTitles& titles, const ChangesQuery& query) {
  const auto reach = registry::reach_of(call, query.structure);
  if (!reach) return reach.error();
  return call.store.read([&](db::Reader& reader) {
    return changes_of(reader, call.organisation, *reach, query, telling_to(call, titles));
  });
}

}  // namespace

void routes(api::Routes& routes, const FactTitles& titles) {
  routes.list<ChangesQuery>(
      "/api/v1/organisations/{organisation}/changes",
      {"governance.changes", api::kSee, api::organisation_in("organisation")},
      [&](Call& call, const ChangesQuery& query) { return changes(call, titles, query); });
  routes.list<PersonChangesQuery>(
      "/api/v1/persons/{person}/changes",
      {"governance.person_changes", api::kSee, api::person_in("person")},
      [&](Call& call, const PersonChangesQuery& query) {
        return call.store.read([&](db::Reader& reader) {
          return changes_of_person(reader, call.subject, query, telling_to(call, titles));
        });
      });
  routes.list<Nothing>(
      "/api/v1/persons/{person}/looks", {"governance.looks", api::kSee, api::person_in("person")},
      [&](Call& call, const Nothing&) {
        return Result(call.store.read([&](db::Reader& reader) {
          return api::Page<Look>{looks_at(reader, call.subject, titles, call.language()), {}};
        }));
      });
  routes.list<LogQuery>(
      "/api/v1/facts", {"governance.list_facts", kAudit, api::anywhere()},
      [&](Call& call, const LogQuery& query) { return log(call, titles, query); });
  routes.get<Nothing>(
      "/api/v1/fact-kinds", {"governance.kinds", {}, api::own_account()},
      [&](Call& call, const Nothing&) { return Result(kinds(titles, call.language())); });
}

}  // namespace jishi::governance
