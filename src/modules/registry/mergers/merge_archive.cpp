#include "modules/registry/mergers/merge_archive.hpp"

#include "base/text.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/mergers/mergers.sql.hpp"

namespace jishi::registry {

namespace {

constexpr std::string_view kFields = "registry/field";
constexpr std::string_view kStaysBefore = "registry/membership";
constexpr std::string_view kStaysAfter = "registry/membership_after";

constexpr std::string_view kPersonFields[] = {"name",      "sex",        "ethnic", "birth",
                                              "education", "occupation", "number", "citizen_id",
                                              "phone",     "address"};

/// A field that the dropped record gave its value to.
struct GivenField {
  std::string field;
  std::string before;
};
BOOST_DESCRIBE_STRUCT(GivenField, (), (field, before))

bool in_care(const MembershipRow& membership) {
  return membership.status == "normal" || membership.status == "suspended";
}

/// Whether a record is of where the person was before: they were transferred out of there to where
/// the other record has them.
bool left_for(const MembershipRow& one, const MembershipRow& other) {
  return one.status == "transferred_out" && in_care(other);
}

std::string shown(std::string_view field, const std::string& value) {
  if (field == "citizen_id" || field == "phone") return masked(value);
  if (field == "address") return value.empty() ? "" : "***";
  return value;
}

std::vector<MembershipRow> stays_of(db::Reader& reader, Id person) {
  return reader.all<MembershipRow>(sql::mergers::memberships, person);
}

MergedStay shown(db::Reader& reader, const MembershipRow& stay) {
  const auto name = reader.one<std::string>(sql::mergers::organisation_name, stay.organisation);
  return {stay.organisation, name.value_or(""), stay.valid_from, stay.valid_to};
}

/// Holds the fields of the dropped record against those of the one kept.
class FieldsOfTwo {
 public:
  FieldsOfTwo(Transaction& tx, const PersonMerger& merger, PersonsMerged& told)
      : tx_(tx),
        merger_(merger),
        told_(told),
        given_(tx, merger.id, kFields),
        kept_(*person_row(tx, merger.kept)),
        dropped_(*person_row(tx, merger.dropped)),
        place_(*membership_row(tx, merger.kept)),
        other_(*membership_row(tx, merger.dropped)) {}

  void merge() {
    for (const std::string_view field : kPersonFields) merge_person_field(field);
    merge_standing();
    update_person(tx_, kept_);
  }

  /// Whether the intervals of the dropped record stand.
  bool dropped_guides() const { return dropped_guides_; }
  /// The standing of the one kept, as it is now; its place is not yet written.
  const MembershipRow& standing() const { return place_; }

 private:
  void merge_person_field(std::string_view field) {
    const crypto::Keys& keys = tx_.store().keys();
    const std::string held = *person_field(keys, kept_, field);
    const std::string came = *person_field(keys, dropped_, field);
    if (field == "number" && number_key(held) == number_key(came)) return;
    if (field == "birth" && held.starts_with(came)) return;  // less exact: no contradiction
    const bool more_exact = field == "birth" && !held.empty() && came.starts_with(held);
    const bool taken = more_exact ? give(field, held, came) : decide(field, held, came);
    if (taken) put_person_field(keys, kept_, {std::string(field), came});
  }

  // What belongs to a stage or a status goes with it.
  void merge_standing() {
    merge_standing_field("joined");
    merge_standing_field("stage");
    if (place_.stage == other_.stage) {
      merge_standing_field("confirmed");
      merge_standing_field("probation_until");
    }
    if (left_for(place_, other_)) {
      for (const std::string_view field : {"status", "lost_since", "floating_since"}) {
        give_standing_field(field);
      }
      dropped_guides_ = true;
      const std::string place = std::to_string(place_.organisation);
      if (place_.organisation != other_.organisation) {
        give("organisation", place, std::to_string(other_.organisation));
      }
      return;
    }
    if (left_for(other_, place_)) return;
    merge_standing_field("status");
    if (place_.status == other_.status) {
      merge_standing_field("lost_since");
      merge_standing_field("floating_since");
    }
    dropped_guides_ = decide("organisation", std::to_string(place_.organisation),
                             std::to_string(other_.organisation));
  }

  void merge_standing_field(std::string_view field) {
    const std::string held = *text_of_field(place_, field);
    const std::string came = *text_of_field(other_, field);
    if (decide(field, held, came)) put_field(place_, {std::string(field), came});
  }

  void give_standing_field(std::string_view field) {
    const std::string held = *text_of_field(place_, field);
    const std::string came = *text_of_field(other_, field);
    if (held == came) return;
    give(field, held, came);
    put_field(place_, {std::string(field), came});
  }

  Origin origin(std::string_view field) {
    Origin origin =
        origin_of_field(tx_, merger_.dropped, field, {dropped_.source, 0, dropped_.batch, 0});
    origin.batch = merger_.id;
    origin.recorded_ms = tx_.store().clock().now_ms();
    return origin;
  }

  /// By the ranks of their sources; of equals the one kept. Whether the dropped one's stands.
  bool decide(std::string_view field, const std::string& held, const std::string& came) {
    if (came.empty() || came == held) return false;
    const Origin from = origin(field);
    Merger fields(tx_, from, "person", merger_.kept, {kept_.source, 0, kept_.batch, 0}, Tie::held);
    const bool taken = fields.takes(field, held, came);
    note(field, held, came, taken, fields.beside());
    return taken;
  }

  /// The dropped one's value stands, and the other was no contradiction.
  bool give(std::string_view field, const std::string& held, const std::string& came) {
    remember(tx_, origin(field), merger_.kept, field, held);
    note(field, held, came, true, false);
    return true;
  }

  void note(std::string_view field, const std::string& held, const std::string& came, bool taken,
            bool waits) {
    if (taken) given_.keep(GivenField{std::string(field), held});
    told_.fields.push_back({std::string(field), words(field, held), words(field, came),
                            taken ? Kept::dropped : Kept::kept, waits});
  }

  // An organisation is told by its name.
  std::string words(std::string_view field, const std::string& value) {
    if (field != "organisation") return shown(field, value);
    const auto name = tx_.one<std::string>(sql::mergers::organisation_name, detail::id_in(value));
    return name.value_or(value);
  }

  Transaction& tx_;
  const PersonMerger& merger_;
  PersonsMerged& told_;
  MergerMemory given_;
  PersonRow kept_;
  PersonRow dropped_;
  MembershipRow place_;
  MembershipRow other_;
  bool dropped_guides_ = false;
};

void write_stays(Transaction& tx, Id person, const std::vector<MembershipRow>& rows) {
  tx.run(sql::mergers::delete_memberships, person);
  for (const MembershipRow& row : rows) insert_membership(tx, row);
}

/// A member in care cannot stand under an organisation that has ended meanwhile.
std::optional<Error> refuse_place(Transaction& tx, const std::vector<MembershipRow>& rows) {
  const MembershipRow& open = rows.back();
  const auto ended =
      tx.one<std::optional<Date>>(sql::mergers::organisation_ended, open.organisation);
  if (ended && (!*ended || !in_care(open))) return std::nullopt;
  const auto name = tx.one<std::string>(sql::mergers::organisation_name, open.organisation);
  return fail(ErrorKind::refused, "registry.unmerge_place_ended",
              {{"organisation", name.value_or(std::to_string(open.organisation))}});
}

Result<Done> put_back_stays(Transaction& tx, const PersonMerger& merger) {
  std::vector<MembershipRow> dropped;
  StaysOfMerger stays;
  for (MembershipRow& row : MergerMemory(tx, merger.id, kStaysBefore).rows<MembershipRow>()) {
    (row.person == merger.kept ? stays.before : dropped).push_back(std::move(row));
  }
  stays.after = MergerMemory(tx, merger.id, kStaysAfter).rows<MembershipRow>();
  stays.now = stays_of(tx, merger.kept);
  const auto kept = stays_without_merger(stays);
  if (!kept) return fail(ErrorKind::refused, "registry.unmerge_memberships_changed");
  if (auto refusal = refuse_place(tx, *kept)) return std::move(*refusal);
  if (auto refusal = refuse_place(tx, dropped)) return std::move(*refusal);
  write_stays(tx, merger.kept, *kept);
  write_stays(tx, merger.dropped, dropped);
  return Done{};
}

/// The fields that the dropped record gave, but those that changed since.
void take_back_fields(Transaction& tx, const PersonMerger& merger) {
  PersonRow kept = *person_row(tx, merger.kept);
  for (const GivenField& given : MergerMemory(tx, merger.id, kFields).rows<GivenField>()) {
    const auto last = tx.one<Id>(sql::mergers::last_batch, merger.kept, given.field);
    if (last != merger.id) continue;
    tx.run(sql::mergers::forget_change, merger.id, merger.kept, given.field);
    put_person_field(tx.store().keys(), kept, {given.field, given.before});
  }
  update_person(tx, kept);
}

/// The dropped one bears its number and citizen id again, unless they are another's by now.
Result<Done> put_back_keys(Transaction& tx, const PersonMerger& merger) {
  PersonRow dropped = *person_row(tx, merger.dropped);
  const std::string citizen_id = *person_field(tx.store().keys(), dropped, "citizen_id");
  dropped.number_key = number_key(dropped.number);
  dropped.citizen_key =
      citizen_id.empty() ? std::nullopt : std::optional(citizen_key(tx.store().keys(), citizen_id));
  const bool number_taken = dropped.number_key && tx.one<Id>(sql::mergers::number_of_another,
                                                             dropped.id, *dropped.number_key);
  const bool id_taken = dropped.citizen_key && tx.one<Id>(sql::mergers::citizen_key_of_another,
                                                          dropped.id, *dropped.citizen_key);
  if (number_taken || id_taken) {
    return fail(ErrorKind::conflict, "registry.unmerge_number_taken",
                {{"number", number_taken ? dropped.number : masked(citizen_id)}});
  }
  update_person(tx, dropped);
  return Done{};
}

}  // namespace

Id merge_archives(Transaction& tx, const PersonMerger& merger, PersonsMerged& told) {
  const auto kept = stays_of(tx, merger.kept);
  const auto dropped = stays_of(tx, merger.dropped);
  MergerMemory before(tx, merger.id, kStaysBefore);
  for (const auto* rows : {&kept, &dropped}) {
    for (const MembershipRow& row : *rows) before.keep(row);
  }
  FieldsOfTwo fields(tx, merger, told);
  fields.merge();
  const MembershipRow& standing = fields.standing();
  JoinedStays stays = fields.dropped_guides() ? join_stays(dropped, kept, standing.joined)
                                              : join_stays(kept, dropped, standing.joined);
  for (MembershipRow& row : stays.rows) row.person = merger.kept;
  MembershipRow& open = stays.rows.back();
  const MembershipRow place = open;
  open = standing;
  open.valid_from = place.valid_from;
  open.organisation = place.organisation;
  open.batch = place.batch;
  tx.run(sql::mergers::delete_memberships, merger.dropped);
  write_stays(tx, merger.kept, stays.rows);
  MergerMemory after(tx, merger.id, kStaysAfter);
  for (const MembershipRow& row : stays.rows) {
    after.keep(row);
    told.memberships.push_back(shown(tx, row));
  }
  for (const MembershipRow& row : stays.left_out) told.left_out.push_back(shown(tx, row));
  return kept.back().organisation;
}

Result<Done> unmerge_archives(Transaction& tx, const PersonMerger& merger) {
  if (auto stays = put_back_stays(tx, merger); !stays) return stays;
  take_back_fields(tx, merger);
  tx.run(sql::mergers::end_redirect, merger.dropped);
  return put_back_keys(tx, merger);
}

}  // namespace jishi::registry
