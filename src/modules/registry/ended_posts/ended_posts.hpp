#pragma once
// Posts of an organisation that somebody held before.

#include "api/call.hpp"

namespace jishi::registry {

inline constexpr int kMaxEndedPosts = 200;

struct EndedPost {
  Id post = kNoId;
  Id person = kNoId;
  std::string name;
  std::string title;
  Date from;
  Date to;  // the first day on which it was held no more
};
BOOST_DESCRIBE_STRUCT(EndedPost, (), (post, person, name, title, from, to))

struct EndedPostsQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(EndedPostsQuery, (), (after, limit))

/// Those that have ended by a day, the latest first. Errors: api.page_unknown,
/// api.limit_out_of_range.
Result<api::Page<EndedPost>> ended_posts(db::Reader& reader, Id organisation, Date by,
                                         const EndedPostsQuery& query);

}  // namespace jishi::registry
