#include "modules/intake/queues/queues.hpp"

#include "modules/intake/facts.hpp"
#include "modules/intake/import/kept_cells.hpp"
#include "modules/intake/import/quarantine.hpp"
#include "modules/intake/queues/queues.sql.hpp"
#include "modules/intake/read/values.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::intake {

namespace {

struct Pair {
  Id first = kNoId;
  Id second = kNoId;
  std::string reason;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (first, second, reason, state))

struct Likeness {
  Id id = kNoId;
  Id batch = kNoId;
  int sheet = 0;
  std::int64_t row = 0;
  Id person = kNoId;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(Likeness, (), (id, batch, sheet, row, person, state))

struct PersonRow {
  Id person = kNoId;
  std::string number;
  std::string name;
  std::string sex;
  std::string organisation_name;
  Id organisation = kNoId;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (person, number, name, sex, organisation_name, organisation))

struct HeldSource {
  Id id = kNoId;
  std::string name;
  int rank = 0;
};
BOOST_DESCRIBE_STRUCT(HeldSource, (), (id, name, rank))

int limited(int limit) {
  return std::clamp(limit, 0, kMaxQueued);
}

Side side_of(db::Reader& reader, const crypto::Keys& keys, Id person) {
  Side side;
  const auto row = reader.one<PersonRow>(sql::queues::side, person);
  if (!row) return side;
  const auto field = [&](std::string_view name) {
    return registry::member_field(reader, keys, person, name).value_or("");
  };
  side.person = row->person;
  side.number = row->number;
  side.name = row->name;
  side.sex = row->sex;
  side.birth = field("birth");
  side.organisation = row->organisation_name;
  side.citizen_id = masked(field("citizen_id"));
  side.phone = masked(field("phone"));
  return side;
}

// What the first filled cell of a column says, as written.
std::string written_in(const Layout& layout, const KeptCells& kept, Column column) {
  NumberBuffer buffer;
  for (std::size_t i = 0; i < std::min(layout.columns.size(), kept.cells().size()); ++i) {
    if (layout.columns[i] != column) continue;
    const auto text = written(kept.cells()[i], buffer);
    if (!text.empty()) return std::string(text);
  }
  return {};
}

Side side_of(db::Reader& reader, const crypto::Keys& keys, const RowPlace& place) {
  Side side;
  const auto sheet = kept_sheet(reader, place.batch, place.sheet);
  const auto row = refused_row(reader, keys, place);
  if (!sheet || !row) return side;
  const KeptCells kept(row->cells);
  const auto text = [&](Column column) { return written_in(sheet->layout, kept, column); };
  side.number = text(Column::person_number);
  side.name = text(Column::name);
  side.sex = text(Column::sex);
  side.birth = text(Column::birth);
  side.organisation = text(Column::organisation_code);
  side.citizen_id = masked(text(Column::citizen_id));
  side.phone = masked(text(Column::phone));
  side.file = sheet->file;
  side.sheet = sheet->name.value_or("");
  side.row = place.row;
  return side;
}

Error missing(std::string_view code) {
  return fail(ErrorKind::not_found, code);
}

/// Better kept is whose membership goes on, then who has a citizen id, then who came first.
OfferedMerger offered(Transaction& tx, Id first, Id second) {
  const auto worth = [&](Id person) {
    const auto field = [&](std::string_view name) {
      return registry::member_field(tx, tx.store().keys(), person, name).value_or("");
    };
    const std::string status = field("status");
    return std::tuple(status == "normal" || status == "suspended", !field("citizen_id").empty());
  };
  return worth(second) > worth(first) ? OfferedMerger{second, first} : OfferedMerger{first, second};
}

Result<PairDecided> decide_pair(Transaction& tx, Id first, Id second, bool same) {
  const std::string_view decision = same ? "same" : "different";
  const auto tell = [&](Id person, Id other) {
    tx.fact(fact::kDuplicateDecided, tx.store().clock().today(), kNoId,
            {.person = person, .subject = other, .amount = same ? 1 : 0});
    return PairDecided{};
  };
  if (const auto state = tx.one<std::string>(sql::queues::pair_state, first, second)) {
    const bool waits_for_merger = *state == "same" && !same;
    if (*state != "open" && !waits_for_merger)
      return fail(ErrorKind::conflict, "intake.pair_decided");
    tx.run(sql::queues::decide_pair, first, second, decision);
    PairDecided decided = tell(first, second);
    if (same) decided.merger = offered(tx, first, second);
    return decided;
  }
  const auto likeness = tx.one<Likeness>(sql::queues::similar_by_id, second);
  if (!likeness || likeness->person != first) return missing("intake.pair_missing");
  if (likeness->state != "open") return fail(ErrorKind::conflict, "intake.pair_decided");
  tx.run(sql::queues::decide_similar, second, decision);
  return tell(first, second);
}

// A conflict's name for people; what it is about may be gone by now.
std::string name_of(db::Reader& reader, const registry::Conflict& conflict) {
  const Statement& statement = conflict.subject_kind == "organisation"
                                   ? sql::queues::organisation_name
                               : conflict.subject_kind == "person" ? sql::queues::person_name
                               : conflict.subject_kind == "post"   ? sql::queues::post_name
                                                                   : sql::queues::activity_name;
  return reader.one<std::string>(statement, conflict.subject).value_or("");
}

std::optional<std::string> held_value(db::Reader& reader, const crypto::Keys& keys,
                                      const registry::Conflict& conflict) {
  if (conflict.subject_kind == "activity")
    return orglife::activity_field(reader, conflict.subject, conflict.field);
  return registry::field_of(reader, keys, conflict.subject_kind, conflict.subject, conflict.field);
}

// Values as people may see them: organisations by name, personal ones masked.
std::string shown(db::Reader& reader, const std::string& field, const std::string& value) {
  if (field == "citizen_id" || field == "phone") return masked(value);
  if (field == "address") return value.empty() ? "" : "***";
  if (field != "organisation" && field != "parent") return value;
  const auto name =
      reader.one<std::string>(sql::queues::organisation_name, registry::detail::id_in(value));
  return name.value_or(value);
}

OpenConflict opened(db::Reader& reader, const crypto::Keys& keys,
                    const registry::Conflict& conflict) {
  const auto source =
      reader.one<HeldSource>(sql::queues::held_source, conflict.subject, conflict.field)
          .value_or(HeldSource{});
  const auto held = held_value(reader, keys, conflict).value_or("");
  return {conflict.id,
          conflict.subject_kind,
          conflict.subject,
          name_of(reader, conflict),
          conflict.field,
          shown(reader, conflict.field, held),
          source.name,
          source.rank,
          shown(reader, conflict.field, conflict.other),
          conflict.source,
          conflict.rank};
}

Result<Done> take(Transaction& tx, const registry::Conflict& conflict) {
  const auto held = held_value(tx, tx.store().keys(), conflict);
  const auto source = tx.one<HeldSource>(sql::queues::held_source, conflict.subject, conflict.field)
                          .value_or(HeldSource{});
  const registry::FieldValue decided{conflict.field, conflict.other};
  const auto done =
      conflict.subject_kind == "activity"
          ? orglife::decide_activity_field(tx, conflict.subject, decided)
          : registry::decide_field(tx, conflict.subject_kind, conflict.subject, decided);
  if (!done) return done;
  registry::take_other(tx, conflict, held.value_or(""), source.id);
  return Done{};
}

Result<Done> decide(Transaction& tx, Id id, bool take_it) {
  const auto conflict = registry::conflict(tx, tx.store().keys(), id);
  if (!conflict) return missing("intake.conflict_missing");
  if (conflict->state != "open") return fail(ErrorKind::conflict, "intake.conflict_decided");
  if (take_it) {
    if (const auto taken = take(tx, *conflict); !taken) return taken;
  } else {
    registry::keep_held(tx, *conflict);
  }
  const bool person = conflict->subject_kind == "person";
  tx.fact(fact::kConflictDecided, tx.store().clock().today(),
          conflict->subject_kind == "organisation" ? conflict->subject : kNoId,
          {.person = person ? conflict->subject : kNoId,
           .subject = conflict->subject,
           .amount = take_it ? 1 : 0});
  return Done{};
}

}  // namespace

std::vector<PossibleDuplicate> possible_duplicates(Store& store, Id after_first, Id after_second,
                                                   int limit) {
  return store.read([&](db::Reader& reader) {
    std::vector<PossibleDuplicate> list;
    const auto pairs =
        reader.all<Pair>(sql::queues::pairs, after_first, after_second, limited(limit));
    list.reserve(pairs.size());
    for (const Pair& pair : pairs) {
      list.push_back({pair.first, pair.second, pair.reason, pair.state,
                      side_of(reader, store.keys(), pair.first),
                      side_of(reader, store.keys(), pair.second)});
    }
    return list;
  });
}

std::vector<PossibleDuplicate> similar_rows(Store& store, Id after, int limit) {
  return store.read([&](db::Reader& reader) {
    std::vector<PossibleDuplicate> list;
    for (const Likeness& like : reader.all<Likeness>(sql::queues::similar, after, limited(limit))) {
      const RowPlace place{like.batch, like.sheet, like.row};
      list.push_back({like.person, like.id, "similar_id", like.state,
                      side_of(reader, store.keys(), like.person),
                      side_of(reader, store.keys(), place)});
    }
    return list;
  });
}

Result<PairDecided> decide_duplicate(Store& store, Actor actor, Id first, Id second, bool same) {
  return store.write(actor, [&](Transaction& tx) { return decide_pair(tx, first, second, same); });
}

std::vector<OpenConflict> conflicts(Store& store, Id after, int limit) {
  return store.read([&](db::Reader& reader) {
    std::vector<OpenConflict> list;
    for (const auto& conflict :
         registry::open_conflicts(reader, store.keys(), after, limited(limit)))
      list.push_back(opened(reader, store.keys(), conflict));
    return list;
  });
}

Result<Done> decide_conflict(Store& store, Actor actor, Id conflict, bool take) {
  return store.write(actor, [&](Transaction& tx) { return decide(tx, conflict, take); });
}

std::optional<Id> organisation_of_conflict(db::Reader& reader, Id id) {
  const auto about = registry::subject_of_conflict(reader, id);
  if (!about) return std::nullopt;
  if (about->subject_kind == "organisation") return about->subject;
  if (about->subject_kind == "person") return registry::organisation_of(reader, about->subject);
  return reader.one<Id>(about->subject_kind == "post" ? sql::queues::post_organisation
                                                      : sql::queues::activity_organisation,
                        about->subject);
}

}  // namespace jishi::intake
