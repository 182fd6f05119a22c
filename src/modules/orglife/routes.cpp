#include "api/routes.hpp"
#include "modules/orglife/commands.hpp"
#include "modules/orglife/list_activities/list_activities.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {

namespace {

using ActivityPage = api::Page<ListedActivity>;

struct Searched {
  registry::Roll& roll;
  FullText& full_text;
  const CodeSet& kinds;
};

/// Whoever is let in at the organisation alone, as a committee member is, sees nothing of what
/// stands below it.
Within within_one(Id organisation) {
  return {[organisation](Id other) { return other == organisation; }, {organisation}};
}

Result<ActivityPage> list(api::Call& call, const Searched& searched, const ActivityFilter& filter) {
  const auto reach = registry::reach_of(call, filter.structure);
  if (!reach) return reach.error();
  return call.store.read([&](db::Reader& reader) -> Result<ActivityPage> {
    if (!filter.q) return list_activities(reader, call.organisation, *reach, filter);
    return searched.roll.look(reader, [&](const registry::Roll& roll) {
      const registry::Outline& outline = roll.in(reach->structure).outline();
      std::vector<registry::Span> spans;
      if (reach->below) spans.push_back(outline.subtree(call.organisation));
      const Within within =
          reach->below ? within_spans(outline, spans) : within_one(call.organisation);
      return search_activities(reader, searched.full_text, searched.kinds, call.language(), filter,
                               within);
    });
  });
}

}  // namespace

void routes(api::Routes& routes, registry::Roll& roll, FullText& full_text, const Codes& codes) {
  const Searched searched{roll, full_text, codes.set("activity_kind")};
  routes.list<ActivityFilter>(
      "/api/v1/organisations/{organisation}/activities",
      {"orglife.list_activities", api::kSee, api::organisation_in("organisation")},
      [searched](api::Call& call, const ActivityFilter& filter) {
        return list(call, searched, filter);
      });
  command_routes(routes);
  publication_routes(routes);
  plan_routes(routes);
  appraisal_routes(routes);
}

}  // namespace jishi::orglife
