#pragma once
// Part-time seats (兼职委员): held by members of other organisations.

#include "api/call.hpp"

namespace jishi::registry {

inline constexpr int kMaxPartTimePosts = 200;

struct PartTimePost {
  Id post = kNoId;
  Id person = kNoId;
  std::string name;
  Date from;
  Id home = kNoId;  // where they are a member today; kNoId: nowhere
  std::string home_name;
};
BOOST_DESCRIBE_STRUCT(PartTimePost, (), (post, person, name, from, home, home_name))

/// Those of an organisation that are held on a day, the longest first; kMaxPartTimePosts at most.
std::vector<PartTimePost> part_time_posts(db::Reader& reader, Id organisation, Date on);

}  // namespace jishi::registry
