#pragma once
#include "modules/registry/archive/archive.hpp"
#include "modules/registry/organisations/organisations.hpp"

namespace jishi::registry {

/// A post as a source tells of it.
struct PostRecord {
  Id person = kNoId;
  Id organisation = kNoId;
  std::string_view title;
  Date from;
  std::optional<Date> to;
};

/// Writes what a source tells of a post. Person, organisation, title and first day tell posts
/// apart.
Recorded record_post(Transaction& tx, const Origin& origin, const PostRecord& record);

/// Takes back a post that an import made.
void withdraw_post(Transaction& tx, Id post);

}  // namespace jishi::registry
