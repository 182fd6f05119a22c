#include "modules/registry/structure/tree/tree.hpp"

#include "modules/registry/structure/tree/tree.sql.hpp"

namespace jishi::registry {

std::vector<Place> children(db::Reader& reader, std::string_view structure, Id parent, Date on) {
  return reader.all<Place>(sql::tree::children, structure, parent, on, kMaxChildren);
}

std::vector<Place> path(db::Reader& reader, std::string_view structure, Id organisation, Date on) {
  return reader.all<Place>(sql::tree::path, structure, organisation, on);
}

std::vector<Place> subtree(db::Reader& reader, std::string_view structure, Id ancestor, Date on) {
  return reader.all<Place>(sql::tree::subtree, structure, ancestor, on);
}

}  // namespace jishi::registry
