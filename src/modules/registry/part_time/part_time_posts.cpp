#include "modules/registry/part_time/part_time_posts.hpp"

#include "modules/registry/part_time/part_time_posts.sql.hpp"

namespace jishi::registry {

std::vector<PartTimePost> part_time_posts(db::Reader& reader, Id organisation, Date on) {
  return reader.all<PartTimePost>(sql::part_time_posts::held, organisation, on, kMaxPartTimePosts);
}

}  // namespace jishi::registry
