#include "modules/registry/structure/tree/ancestry.hpp"

#include "modules/registry/structure/tree/ancestry.sql.hpp"
#include "modules/registry/structure/tree/tree.hpp"

namespace jishi::registry {

std::vector<Id> line_above(db::Reader& reader, std::string_view structure, Id organisation) {
  return reader.all<Id>(sql::ancestry::line_above, structure, organisation);
}

bool is_under(db::Reader& reader, std::string_view structure, Id ancestor, Id organisation) {
  return reader.one<int>(sql::ancestry::is_under, structure, ancestor, organisation).has_value();
}

std::vector<Id> roots(db::Reader& reader, std::string_view structure) {
  return reader.all<Id>(sql::ancestry::roots, structure, kMaxChildren);
}

bool has_below(db::Reader& reader, std::string_view structure, Id organisation) {
  return reader.one<Id>(sql::ancestry::below, structure, organisation).has_value();
}

}  // namespace jishi::registry
