#include "modules/registry/structure/links.hpp"

#include "modules/registry/organisations/organisations.sql.hpp"
#include "modules/registry/structure/links.sql.hpp"

namespace jishi::registry {

namespace {

// `attach` and `detach` write one row for every pair of a superior and an organisation that moves.
void attach(Transaction& tx, std::string_view structure, Id child, Id parent) {
  tx.run(sql::links::add_self, structure, child);
  if (parent != kNoId) tx.run(sql::links::attach, structure, child, parent);
}

int number(db::Reader& reader, const Statement& statement, std::string_view structure, Id id) {
  return reader.one<std::optional<int>>(statement, structure, id).value_or(0).value_or(0);
}

}  // namespace

bool stands_below_since(db::Reader& reader, std::string_view structure, Id organisation, Id above,
                        Date from) {
  return reader.one<Id>(sql::links::stands_below_since, structure, organisation, above, from)
      .has_value();
}

bool too_deep(db::Reader& reader, std::string_view structure, Id child, Id parent) {
  if (parent == kNoId) return false;
  return number(reader, sql::links::depth_of, structure, parent) + 1 +
             number(reader, sql::links::height_of, structure, child) >
         kMaxDepth;
}

int count_below(db::Reader& reader, std::string_view structure, Id organisation) {
  return number(reader, sql::links::count_below, structure, organisation);
}

void place(Transaction& tx, std::string_view structure, Id child, Id parent, Date on) {
  tx.run(sql::links::detach, structure, child);
  tx.run(sql::organisations::close_link, structure, child, on);
  tx.run(sql::organisations::drop_empty_links, structure, child);
  tx.run(sql::organisations::open_link, structure, child, parent, on);
  attach(tx, structure, child, parent);
}

void take_back_placing(Transaction& tx, std::string_view structure, Id child, Date on,
                       std::optional<Id> parent, std::optional<Date> since) {
  tx.run(sql::links::detach, structure, child);
  tx.run(sql::links::delete_link, structure, child, on);
  if (parent && since) {
    tx.run(sql::organisations::open_link, structure, child, *parent, *since);
    attach(tx, structure, child, *parent);
  } else {
    tx.run(sql::links::remove_self, structure, child);
  }
}

}  // namespace jishi::registry
