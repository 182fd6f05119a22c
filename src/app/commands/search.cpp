#include <unordered_set>

#include "app/commands.hpp"
#include "app/commands/full_text.hpp"
#include "app/interrupt.hpp"
#include "app/table.hpp"

namespace jishi::app {

namespace {

using orglife::ListedActivity;

constexpr int kShown = 50;  // on a screen

/// The organisations below one that was named; all of them, where none was.
Result<orglife::Within> within_of(const Context& context, db::Reader& reader,
                                  const std::string& code) {
  if (code.empty()) return orglife::Within{};
  const auto organisation = registry::organisation_by_code(reader, code);
  if (!organisation)
    return fail(ErrorKind::not_found, "registry.not_found", {{"organisation", code}});
  std::unordered_set<Id> ids;
  for (const auto& place :
       registry::subtree(reader, registry::kPartyStructure, *organisation, context.clock.today()))
    ids.insert(place.organisation);
  orglife::Within within;
  if (ids.size() <= orglife::kFewOrganisations) within.few.assign(ids.begin(), ids.end());
  within.holds = [ids = std::move(ids)](Id id) { return ids.contains(id); };
  return within;
}

void print_table(const Context& context, const CodeSet& kinds,
                 const std::vector<ListedActivity>& activities) {
  Table table({{context.say("app.title_held_on")},
               {context.say("app.title_kind")},
               {context.say("app.title_organisation")},
               {context.say("app.title_topic")},
               {context.say("app.title_place")}});
  for (const ListedActivity& one : activities) {
    table.row({to_iso(one.held_on), std::string(kinds.label(one.kind, context.settings.language)),
               one.organisation_name, one.topic, one.place});
  }
  std::string lines = table.text();
  lines.pop_back();
  context.console.line(lines);
}

Result<api::Page<ListedActivity>> page_of(const Context& context, Store& store,
                                          orglife::FullText& full_text, const CodeSet& kinds,
                                          const SearchOptions& options,
                                          const orglife::ActivityFilter& filter) {
  return store.read([&](db::Reader& reader) -> Result<api::Page<ListedActivity>> {
    const auto within = within_of(context, reader, options.organisation);
    if (!within) return within.error();
    return orglife::search_activities(reader, full_text, kinds, context.settings.language, filter,
                                      *within);
  });
}

}  // namespace

Result<Status> run_search(const Context& context, const SearchOptions& options) {
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  const CodeSet& kinds = codes->set("activity_kind");
  const Interruptible interruptible;
  auto store = open_store(context);
  if (!store) return store.error();
  const auto full_text = open_full_text(context, **store, *codes, interruptible.asked());
  if (!full_text && interruptible.asked()) return Status::interrupted;
  if (!full_text) return full_text.error();
  orglife::ActivityFilter filter;
  filter.q = fmt::format("{}", fmt::join(options.words, " "));
  filter.order = options.best ? orglife::ActivityOrder::best : orglife::ActivityOrder::latest;
  filter.limit = context.settings.json ? orglife::kMaxActivitiesAPage : kShown;
  do {
    const auto page = page_of(context, **store, **full_text, kinds, options, filter);
    if (!page) return page.error();
    filter.after = page->next;
    if (!context.settings.json) {
      if (page->items.empty()) context.console.line(context.say("app.search_nothing"));
      if (!page->items.empty()) print_table(context, kinds, page->items);
      if (page->next)
        context.console.line(context.say("app.search_more", {{"count", std::to_string(kShown)}}));
      return Status::done;
    }
    for (const ListedActivity& one : page->items)
      context.console.line(boost::json::serialize(jishi::to_json(one)));
  } while (filter.after && !interruptible.asked());
  return interruptible.asked() ? Status::interrupted : Status::done;
}

}  // namespace jishi::app
