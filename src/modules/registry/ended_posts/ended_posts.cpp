#include "modules/registry/ended_posts/ended_posts.hpp"

#include <limits>

#include "api/paging.hpp"
#include "modules/registry/ended_posts/ended_posts.sql.hpp"

namespace jishi::registry {

Result<api::Page<EndedPost>> ended_posts(db::Reader& reader, Id organisation, Date by,
                                         const EndedPostsQuery& query) {
  const auto limit = api::page_limit(query.limit, kMaxEndedPosts);
  if (!limit) return limit.error();
  constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();
  const auto after = api::page_after<2>(query.after, {std::numeric_limits<int>::max(), kLatest});
  if (!after) return after.error();
  api::Page<EndedPost> page{reader.all<EndedPost>(sql::ended_posts::ended, organisation, by,
                                                  (*after)[0], (*after)[1], *limit + 1),
                            std::nullopt};
  if (api::cut_to_page(page.items, *limit)) {
    const EndedPost& last = page.items.back();
    page.next = api::page_next({to_days(last.to), last.post});
  }
  return page;
}

}  // namespace jishi::registry
