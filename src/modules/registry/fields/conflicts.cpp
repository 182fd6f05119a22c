#include "modules/registry/fields/conflicts.hpp"

#include "modules/registry/fields/conflicts.sql.hpp"

namespace jishi::registry {

namespace {

struct ConflictRow {
  Id id = kNoId;
  std::string subject_kind;
  Id subject = kNoId;
  std::string field;
  Blob other;
  std::string source;
  int rank = 0;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(ConflictRow, (),
                      (id, subject_kind, subject, field, other, source, rank, state))

Conflict opened(const crypto::Keys& keys, const ConflictRow& row) {
  const auto other = open_beside(keys, row.subject, row.field, row.other);
  return {row.id,     row.subject_kind, row.subject, row.field, other.value_or(""),
          row.source, row.rank,         row.state};
}

}  // namespace

std::vector<Conflict> open_conflicts(db::Reader& reader, const crypto::Keys& keys, Id after,
                                     int limit) {
  std::vector<Conflict> conflicts;
  reader.each<ConflictRow>(
      sql::conflicts::open, [&](const ConflictRow& row) { conflicts.push_back(opened(keys, row)); },
      after, limit);
  return conflicts;
}

std::optional<ConflictSubject> subject_of_conflict(db::Reader& reader, Id id) {
  return reader.one<ConflictSubject>(sql::conflicts::subject, id);
}

std::optional<Conflict> conflict(db::Reader& reader, const crypto::Keys& keys, Id id) {
  const auto row = reader.one<ConflictRow>(sql::conflicts::by_id, id);
  return row ? std::optional(opened(keys, *row)) : std::nullopt;
}

void keep_held(Transaction& tx, const Conflict& decided) {
  tx.run(sql::conflicts::set_state, decided.id, "kept");
}

void take_other(Transaction& tx, const Conflict& decided, std::string_view before, Id held_source) {
  tx.run(sql::conflicts::set_state, decided.id, "taken");
  if (before.empty()) return;
  const crypto::Keys& keys = tx.store().keys();
  tx.run(sql::conflicts::add_decided, tx.new_id(), decided.subject_kind, decided.subject,
         decided.field, seal_beside(keys, decided.subject, decided.field, before),
         keys.blind_index(decided.field, before), held_source, tx.command());
}

}  // namespace jishi::registry
