#include "modules/orglife/publication/publication.hpp"

#include <limits>

#include "api/paging.hpp"
#include "api/routes.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/orglife/publication/publication.sql.hpp"

namespace jishi::orglife {

namespace {

struct Resolved {
  Id organisation = kNoId;
  std::string resolutions;
};
BOOST_DESCRIBE_STRUCT(Resolved, (), (organisation, resolutions))

struct PublicationsQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(PublicationsQuery, (), (after, limit))

Result<api::Page<Publication>> publications(api::Call& call, const PublicationsQuery& asked) {
  const auto limit = api::page_limit(asked.limit, kMaxPublications);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(asked.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) {
    api::Page<Publication> page;
    const auto member = registry::whereabouts(reader, call.caller.person);
    if (!member || member->organisation == kNoId) return page;
    page.items = reader.all<Publication>(sql::publication::listed, member->organisation,
                                         (*after)[0], *limit + 1);
    if (api::cut_to_page(page.items, *limit))
      page.next = api::page_next({page.items.back().activity});
    return page;
  });
}

}  // namespace

Result<Done> publish(Transaction& tx, Id activity) {
  const auto resolved = tx.one<Resolved>(sql::publication::resolved, activity);
  if (!resolved) {
    return fail(ErrorKind::not_found, "orglife.activity_missing",
                {{"activity", std::to_string(activity)}});
  }
  if (resolved->resolutions.empty()) return fail(ErrorKind::refused, "orglife.nothing_resolved");
  if (tx.one<Date>(sql::publication::published, activity)) return Done{};
  const Date today = tx.store().clock().today();
  tx.run(sql::publication::publish, activity, today);
  tx.fact(fact::kResolutionsPublished, today, resolved->organisation, {.subject = activity});
  return Done{};
}

void publication_routes(api::Routes& routes) {
  routes.list<PublicationsQuery>("/api/v1/publications",
                                 {"orglife.publications", {}, api::own_account()}, publications);
}

}  // namespace jishi::orglife
