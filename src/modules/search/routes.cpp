#include "api/routes.hpp"
#include "modules/search/search.hpp"

namespace jishi::search {

namespace {

struct SearchFor {
  std::string q;             // what was typed
  std::optional<Id> near;    // the organisation of who asks: of equals the nearer stand first
  std::optional<int> limit;  // of each kind
};
BOOST_DESCRIBE_STRUCT(SearchFor, (), (q, near, limit))

struct Found {
  std::vector<registry::FoundPerson> persons;
  std::vector<registry::FoundOrganisation> organisations;
  std::vector<orglife::ListedActivity> activities;  // the best first
  bool activities_ready = true;  // false: their index is being made, and they are left out
};
BOOST_DESCRIBE_STRUCT(Found, (), (persons, organisations, activities, activities_ready))

struct Searched {
  registry::Roll& roll;
  orglife::FullText& full_text;
  const CodeSet& kinds;
};

/// What was typed may be no words at all, such as the beginning of a phone: then nothing of
/// activities was meant.
void add_activities(db::Reader& reader, const api::Call& call, const Searched& searched,
                    const registry::Scope& scope, const SearchFor& asked, int limit, Found& found) {
  orglife::ActivityFilter filter;
  filter.q = asked.q;
  filter.order = orglife::ActivityOrder::best;
  filter.limit = limit;
  searched.roll.look(reader, [&](const registry::Roll& roll) {
    const auto spans = roll.outline().spans(scope);
    if (spans.empty()) return false;
    auto page =
        orglife::search_activities(reader, searched.full_text, searched.kinds, call.language(),
                                   filter, orglife::within_spans(roll.outline(), spans));
    if (page) found.activities = std::move(page->items);
    found.activities_ready = page || page.error().kind != ErrorKind::unavailable;
    return true;
  });
}

Result<Found> search(api::Call& call, const Searched& searched, const SearchFor& asked) {
  if (asked.q.size() > fulltext::kMostTyped)
    return fail(ErrorKind::invalid, "fulltext.too_long",
                {{"path", "q"}, {"limit", std::to_string(fulltext::kMostTyped)}});
  const registry::CallerScope scope(call);
  const int limit = std::clamp(asked.limit.value_or(20), 1, registry::kMaxFound);
  return call.store.read([&](db::Reader& reader) {
    auto named = registry::find(reader, call.store.keys(), searched.roll, scope.get(),
                                {asked.q, asked.near.value_or(kNoId), limit});
    Found found{std::move(named.persons), std::move(named.organisations), {}, true};
    add_activities(reader, call, searched, scope.get(), asked, limit, found);
    return Result(std::move(found));
  });
}

}  // namespace

void routes(api::Routes& routes, registry::Roll& roll, orglife::FullText& full_text,
            const Codes& codes) {
  const Searched searched{roll, full_text, codes.set("activity_kind")};
  routes.get_slowly<SearchFor>("/api/v1/search", {"search.find", "search.use", api::anywhere()},
                               [searched](api::Call& call, const SearchFor& asked) {
                                 return search(call, searched, asked);
                               });
}

}  // namespace jishi::search
