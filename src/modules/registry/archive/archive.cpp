#include "modules/registry/archive/archive.hpp"

#include "modules/registry/archive/archive.sql.hpp"

namespace jishi::registry {

namespace {

struct SourceRow {
  Id id = kNoId;
  int rank = 0;
};
BOOST_DESCRIBE_STRUCT(SourceRow, (), (id, rank))

struct OriginRow {
  Id source = kNoId;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(OriginRow, (), (source, batch))

struct HistoryRow {
  Id subject = kNoId;
  std::string field;
  Blob before;
  std::optional<std::string> source;
  std::int64_t recorded = 0;
};
BOOST_DESCRIBE_STRUCT(HistoryRow, (), (subject, field, before, source, recorded))

std::string context_of(Id subject, std::string_view field) {
  return "beside:" + std::to_string(subject) + ":" + std::string(field);
}

}  // namespace

Blob seal_beside(const crypto::Keys& keys, Id subject, std::string_view field,
                 std::string_view value) {
  return keys.cipher().seal(value, context_of(subject, field));
}

std::optional<std::string> open_beside(const crypto::Keys& keys, Id subject, std::string_view field,
                                       const Blob& sealed) {
  auto opened = keys.cipher().open(sealed, context_of(subject, field));
  return opened ? std::optional(std::move(*opened)) : std::nullopt;
}

namespace {

Origin origin_found(Transaction& tx, std::optional<SourceRow> source, std::string_view source_name,
                    std::optional<int> rank, Id batch) {
  if (!source) {
    source = SourceRow{tx.new_id(), rank.value_or(kDefaultRank)};
    tx.run(sql::archive::add_source, source->id, source_name, source->rank);
  } else if (rank && *rank != source->rank) {
    tx.run(sql::archive::set_rank, source->id, *rank);
    source->rank = *rank;
  }
  return Origin{source->id, source->rank, batch, tx.store().clock().now_ms()};
}

}  // namespace

Origin origin_of(Transaction& tx, std::string_view source_name, std::optional<int> rank, Id batch) {
  return origin_found(tx, tx.one<SourceRow>(sql::archive::source_by_name, source_name), source_name,
                      rank, batch);
}

Origin manual_origin(Transaction& tx) {
  return ask_manual_origin(tx)();
}

std::function<Origin()> ask_manual_origin(Transaction& tx) {
  return [&tx, asked = tx.ask<SourceRow>(sql::archive::source_by_name, kManualSource)]() mutable {
    return origin_found(tx, asked.one(), kManualSource, kManualRank, tx.command());
  };
}

void remember(Transaction& tx, const Origin& origin, Id subject, std::string_view field,
              std::string_view before) {
  tx.run(sql::archive::add_change, subject, field, origin.recorded_ms,
         seal_beside(tx.store().keys(), subject, field, before), origin.source, tx.actor().id,
         origin.batch);
}

Origin origin_of_field(db::Reader& reader, Id subject, std::string_view field,
                       const Origin& owner) {
  OriginRow last{owner.source, owner.batch};
  if (const auto change = reader.one<OriginRow>(sql::archive::last_origin, subject, field))
    last = *change;
  const auto source = reader.one<SourceRow>(sql::archive::source_by_id, last.source);
  return Origin{last.source, source ? source->rank : kDefaultRank, last.batch, 0};
}

void Merger::text(std::string_view field, std::string& held, std::string_view came) {
  if (came.empty() || came == held) return;
  if (takes(field, held, std::string(came))) held = came;
}

void Merger::date(std::string_view field, std::optional<Date>& held,
                  const std::optional<Date>& came) {
  if (!came || came == held) return;
  if (takes(field, held ? to_iso(*held) : "", to_iso(*came))) held = came;
}

void Merger::integer(std::string_view field, std::optional<int>& held,
                     const std::optional<int>& came) {
  if (!came || came == held) return;
  if (takes(field, held ? std::to_string(*held) : "", std::to_string(*came))) held = came;
}

bool Merger::takes(std::string_view field, const std::string& held, const std::string& came) {
  // A field is empty where nothing was ever said, or where a person emptied it (an end taken back).
  const bool emptied =
      held.empty() && tx_.one<OriginRow>(sql::archive::last_origin, subject_, field).has_value();
  if (!held.empty() || emptied) {
    if (known_conflict(field, came)) return false;
    const Origin standing = origin_of_field(tx_, subject_, field, owner_);
    if (stands(standing)) {
      keep_beside(field, came, origin_.source);
      conflicted_ = true;
      return false;
    }
    if (!emptied && standing.source != origin_.source) keep_beside(field, held, standing.source);
  }
  remember(tx_, origin_, subject_, field, held);
  changed_.emplace_back(field);
  return true;
}

void Merger::set_aside(std::string_view field, std::string_view came) {
  if (known_conflict(field, came)) return;
  keep_beside(field, came, origin_.source);
  conflicted_ = true;
}

bool Merger::known_conflict(std::string_view field, std::string_view came) {
  const Blob key = tx_.store().keys().blind_index(field, came);
  return tx_.one<Id>(sql::archive::conflict_known, subject_, field, key, origin_.source)
      .has_value();
}

// A value goes on standing when its source ranks higher; at equal rank, unless the same source
// corrects itself in a later import.
bool Merger::stands(const Origin& held) const {
  if (held.rank != origin_.rank) return held.rank > origin_.rank;
  return tie_ == Tie::held || held.source != origin_.source || held.batch == origin_.batch;
}

void Merger::keep_beside(std::string_view field, std::string_view other, Id source) {
  const crypto::Keys& keys = tx_.store().keys();
  beside_ = true;
  tx_.run(sql::archive::add_conflict, tx_.new_id(), subject_kind_, subject_, field,
          seal_beside(keys, subject_, field, other), keys.blind_index(field, other), source,
          origin_.batch);
}

std::vector<FieldChange> history_of(Store& store, Id subject) {
  return store.read([&](db::Reader& reader) {
    std::vector<FieldChange> changes;
    reader.each<HistoryRow>(
        sql::archive::history,
        [&](const HistoryRow& row) {
          const auto before = open_beside(store.keys(), row.subject, row.field, row.before);
          changes.push_back(
              {row.field, before.value_or(""), row.source.value_or(""), row.recorded});
        },
        subject);
    return changes;
  });
}

}  // namespace jishi::registry
