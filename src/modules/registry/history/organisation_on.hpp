#pragma once
// An organisation as it stood on a day: its name, the line above it, who held its posts.

#include "modules/registry/roll/branches.hpp"

namespace jishi::registry {

struct StoodOn {
  Id organisation = kNoId;
  std::string code;
  std::string name;  // on that day
  std::string kind;  // today's: it has no days
};
BOOST_DESCRIBE_STRUCT(StoodOn, (), (organisation, code, name, kind))

struct OrganisationOn {
  Date on;
  Id organisation = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  std::optional<Date> founded;
  std::optional<Date> ended;      // by that day
  std::vector<StoodOn> line;      // of those the reader sees, itself last; not before its founding
  std::vector<PostHolder> posts;  // held that day
  std::vector<std::string> renamed;  // later names, earliest first; the last is today's
};
BOOST_DESCRIBE_STRUCT(OrganisationOn, (),
                      (on, organisation, code, name, kind, founded, ended, line, posts, renamed))

/// Of one in the scope today. Error: registry.not_found.
Result<OrganisationOn> organisation_on(db::Reader& reader, const Scope& scope, Id organisation,
                                       Date on);

}  // namespace jishi::registry
