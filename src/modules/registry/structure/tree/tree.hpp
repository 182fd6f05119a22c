#pragma once
// The tree of a structure as it stood on a day, read from the links' intervals. The day a link or
// an organisation ends no longer counts.

#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// An organisation in the answer to a question about the tree.
struct Place {
  Id organisation = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  int depth = 0;  // below the organisation that was asked about; of a path, from the top
};
BOOST_DESCRIBE_STRUCT(Place, (), (organisation, code, name, kind, depth))

/// At most this many children are listed.
inline constexpr int kMaxChildren = 10'000;

/// The organisations directly under `parent` (0: at the top) on a day, by code; kMaxChildren at
/// most.
std::vector<Place> children(db::Reader& reader, std::string_view structure, Id parent, Date on);

/// The line from the top down to an organisation (itself the last) on a day, also of one that has
/// ended.
std::vector<Place> path(db::Reader& reader, std::string_view structure, Id organisation, Date on);

/// An organisation (if it existed) and all below it on a day, each once, superiors first.
std::vector<Place> subtree(db::Reader& reader, std::string_view structure, Id ancestor, Date on);

}  // namespace jishi::registry
