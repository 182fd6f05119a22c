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

/// What is found in several structures stands once.
template <class Row>
void add_new(std::vector<Row>& rows, std::vector<Row>&& more, Id Row::*id, std::size_t most) {
  for (Row& row : more) {
    const bool known = std::any_of(rows.begin(), rows.end(),
                                   [&](const Row& other) { return other.*id == row.*id; });
    if (!known && rows.size() < most) rows.push_back(std::move(row));
  }
}

/// The organisations of all scopes; `spans` is what it looks at.
orglife::Within within_all(const registry::Roll& roll,
                           const std::vector<registry::CallerScope>& scopes,
                           std::vector<std::vector<registry::Span>>& spans) {
  spans.reserve(scopes.size());
  std::optional<orglife::Within> within;
  for (const registry::CallerScope& scope : scopes) {
    const registry::Outline& outline = roll.in(scope.get().structure).outline();
    spans.push_back(outline.spans(scope.get()));
    if (spans.back().empty()) continue;
    auto here = orglife::within_spans(outline, spans.back());
    within = within ? orglife::either(std::move(*within), std::move(here)) : std::move(here);
  }
  if (within) return std::move(*within);
  return {[](Id) { return false; }, {kNoId}};
}

/// What was typed may be no words at all, such as the beginning of a phone: then nothing of
/// activities was meant.
void add_activities(db::Reader& reader, const api::Call& call, const Searched& searched,
                    const std::vector<registry::CallerScope>& scopes, const SearchFor& asked,
                    int limit, Found& found) {
  orglife::ActivityFilter filter;
  filter.q = asked.q;
  filter.order = orglife::ActivityOrder::best;
  filter.limit = limit;
  searched.roll.look(reader, [&](const registry::Roll& roll) {
    std::vector<std::vector<registry::Span>> spans;
    auto page =
        orglife::search_activities(reader, searched.full_text, searched.kinds, call.language(),
                                   filter, within_all(roll, scopes, spans));
    if (page) found.activities = std::move(page->items);
    found.activities_ready = page || page.error().kind != ErrorKind::unavailable;
    return true;
  });
}

Result<Found> search(api::Call& call, const Searched& searched, const SearchFor& asked) {
  if (asked.q.size() > fulltext::kMostTyped)
    return fail(ErrorKind::invalid, "fulltext.too_long",
                {{"path", "q"}, {"limit", std::to_string(fulltext::kMostTyped)}});
  const auto scopes = registry::CallerScope::every(call);
  const int limit = std::clamp(asked.limit.value_or(20), 1, registry::kMaxFound);
  return call.store.read([&](db::Reader& reader) {
    Found found;
    for (const registry::CallerScope& scope : scopes) {
      auto named = registry::find(reader, call.store.keys(), searched.roll, scope.get(),
                                  {asked.q, asked.near.value_or(kNoId), limit});
      const auto most = static_cast<std::size_t>(limit);
      add_new(found.persons, std::move(named.persons), &registry::FoundPerson::person, most);
      add_new(found.organisations, std::move(named.organisations),
              &registry::FoundOrganisation::organisation, most);
    }
    add_activities(reader, call, searched, scopes, asked, limit, found);
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
