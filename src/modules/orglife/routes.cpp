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

/// The part of an organisation's tree that the caller may see: who is let in at the organisation
/// alone, as a committee member is, sees nothing of what stands below it.
Within within_of(const registry::Outline& outline, std::vector<registry::Span>& spans,
                 Id organisation) {
  spans = registry::cut(spans, outline.subtree(organisation));
  if (!spans.empty()) return within_spans(outline, spans);
  return {[organisation](Id other) { return other == organisation; }, {organisation}};
}

Result<ActivityPage> list(api::Call& call, const Searched& searched, const ActivityFilter& filter) {
  const registry::CallerScope scope(call);
  return call.store.read([&](db::Reader& reader) -> Result<ActivityPage> {
    if (!filter.q) {
      const bool all = registry::in_scope(reader, scope.get(), call.organisation);
      return list_activities(reader, call.organisation, all ? Below::everything : Below::nothing,
                             filter);
    }
    return searched.roll.look(reader, [&](const registry::Roll& roll) {
      auto spans = roll.outline().spans(scope.get());
      const Within within = within_of(roll.outline(), spans, call.organisation);
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
}

}  // namespace jishi::orglife
