#include "modules/registry/members/members.hpp"

#include "base/text.hpp"
#include "modules/registry/facts.hpp"
#include "modules/registry/members/member_rows.hpp"
#include "modules/registry/members/members.sql.hpp"

namespace jishi::registry {

namespace {

constexpr std::string_view kSubject = "person";

Blob phone_key(const crypto::Keys& keys, std::string_view phone) {
  return keys.blind_index("phone", phone);
}

Recorded create(Transaction& tx, const Origin& origin, const MemberRecord& record,
                const SealedIdentity& sealed) {
  const Id id = sealed.id;
  std::optional<Date> birth;
  if (record.birth) birth = record.birth->from;
  tx.run(sql::members::add_person, id, record.number, number_key(record.number), record.name,
         record.sex, record.ethnic, birth, record.birth ? record.birth->precision : "day",
         record.education, record.occupation, sealed.citizen_id, sealed.citizen_key, sealed.phone,
         sealed.phone_key, sealed.address, origin.source, origin.batch);
  const std::string_view status = record.status.empty() ? "normal" : record.status;
  tx.run(sql::members::add_membership, id, record.joined, std::nullopt, record.organisation,
         record.stage, record.joined, record.confirmed, record.probation_until, status,
         record.lost_since, record.floating_since, origin.batch);
  tx.fact(fact::kPersonRecorded, record.joined, record.organisation, {.person = id});
  return {id, Outcome::created};
}

void merge_sealed(Transaction& tx, Merger& merger, std::string_view field, Id person,
                  std::optional<Blob>& held, std::string_view came) {
  if (came.empty()) return;
  const crypto::Keys& keys = tx.store().keys();
  const std::string plain = opened(keys, held, person, field);
  if (plain == came || !merger.takes(field, plain, std::string(came))) return;
  held = keys.cipher().seal(came, context_of(person, field));
}

// The key tells whether a phone is the same without opening it.
void merge_phone(Transaction& tx, Merger& merger, PersonRow& held, const MemberRecord& came,
                 const SealedIdentity& sealed) {
  if (came.phone.empty() || held.phone_key == sealed.phone_key) return;
  const auto before = held.phone;
  merge_sealed(tx, merger, "phone", held.id, held.phone, came.phone);
  if (held.phone != before) held.phone_key = sealed.phone_key;
}

void merge_citizen_id(Transaction& tx, Merger& merger, PersonRow& held, const MemberRecord& came,
                      const SealedIdentity& sealed) {
  if (came.citizen_id.empty() || held.citizen_key == sealed.citizen_key) return;
  // The id of a person merged into this one says nothing new.
  if (person_by_citizen_key(tx, *sealed.citizen_key) == held.id) return;
  const auto before = held.citizen_id;
  merge_sealed(tx, merger, "citizen_id", held.id, held.citizen_id, came.citizen_id);
  if (held.citizen_id != before) held.citizen_key = sealed.citizen_key;
}

void merge_birth(Merger& merger, PersonRow& held, const std::optional<Birth>& came) {
  // A month on its own does not contradict a day within it.
  if (!came || (held.birth && held.birth_precision == "day" && came->precision != "day")) return;
  if (held.birth == came->from && held.birth_precision == came->precision) return;
  const std::string before = birth_text(held.birth, held.birth_precision);
  if (!merger.takes("birth", before, birth_text(came->from, came->precision))) return;
  held.birth = came->from;
  held.birth_precision = came->precision;
}

void merge_person(Transaction& tx, Merger& merger, PersonRow& held, const MemberRecord& came,
                  const SealedIdentity& sealed) {
  merger.text("name", held.name, came.name);
  merger.text("sex", held.sex, came.sex);
  merger.text("ethnic", held.ethnic, came.ethnic);
  merge_birth(merger, held, came.birth);
  merger.text("education", held.education, came.education);
  merger.text("occupation", held.occupation, came.occupation);
  const auto number = number_key(came.number);
  if (number && number != held.number_key && person_by_number(tx, came.number) != held.id) {
    merger.text("number", held.number, came.number);
    held.number_key = number_key(held.number);
  }
  merge_citizen_id(tx, merger, held, came, sealed);
  merge_phone(tx, merger, held, came, sealed);
  merge_sealed(tx, merger, "address", held.id, held.address, came.address);
}

void merge_standing(Merger& merger, MembershipRow& held, const MemberRecord& came) {
  merger.text("stage", held.stage, came.stage);
  merger.date("joined", held.joined, came.joined);
  merger.date("confirmed", held.confirmed, came.confirmed);
  merger.date("probation_until", held.probation_until, came.probation_until);
  merger.text("status", held.status, came.status);
  merger.date("lost_since", held.lost_since, came.lost_since);
  merger.date("floating_since", held.floating_since, came.floating_since);
}

void write_membership(Transaction& tx, const MembershipRow& held, bool moved,
                      const Origin& origin) {
  if (!moved) {
    update_membership(tx, held);
    return;
  }
  const Date today = tx.store().clock().today();
  tx.run(sql::members::close_membership, held.person, today);
  MembershipRow next = held;
  next.valid_from = today;
  next.batch = origin.batch;
  insert_membership(tx, next);
}

Recorded merge(Transaction& tx, const Origin& origin, Id id, const MemberRecord& came,
               const SealedIdentity& sealed) {
  auto person = person_row(tx, id);
  auto membership = membership_row(tx, id);
  Merger merger(tx, origin, kSubject, id, {person->source, 0, person->batch, 0});
  merge_person(tx, merger, *person, came, sealed);
  const std::size_t of_person = merger.changed().size();
  merge_standing(merger, *membership, came);
  const Id before = membership->organisation;
  const bool moved =
      before != came.organisation &&
      merger.takes("organisation", std::to_string(before), std::to_string(came.organisation));
  if (moved) membership->organisation = came.organisation;
  if (merger.changed().empty())
    return {id, merger.conflicted() ? Outcome::changed : Outcome::unchanged};
  if (of_person > 0) update_person(tx, *person);
  if (merger.changed().size() > of_person) write_membership(tx, *membership, moved, origin);
  const Date today = tx.store().clock().today();
  tx.fact(fact::kPersonChanged, today, membership->organisation, {.person = id});
  if (moved)
    tx.fact(fact::kMemberMoved, today, membership->organisation, {.person = id, .subject = before});
  return {id, Outcome::changed};
}

// The membership before the move holds again; where the move replaced it on the day it began, only
// its place is put back.
void take_back_move(Transaction& tx, MembershipRow& held, Id before) {
  tx.fact(fact::kMemberMoved, tx.store().clock().today(), before,
          {.person = held.person, .subject = held.organisation});
  held.organisation = before;
  const auto earlier = tx.one<Date>(sql::members::ended_on, held.person, held.valid_from, before);
  if (!earlier) {
    tx.run(sql::members::place_membership, held.person, before);
    return;
  }
  tx.run(sql::members::delete_membership, held.person, held.valid_from);
  tx.run(sql::members::reopen_membership, held.person, *earlier);
}

}  // namespace

Blob citizen_key(const crypto::Keys& keys, std::string_view citizen_id) {
  return keys.blind_index("citizen_id", citizen_id);
}

SealedIdentity seal_identity(Store& store, const MemberRecord& record) {
  const crypto::Keys& keys = store.keys();
  SealedIdentity sealed;
  sealed.id = store.new_id();
  const auto seal = [&](std::string_view field, std::string_view value) {
    return value.empty() ? std::nullopt
                         : std::optional(keys.cipher().seal(value, context_of(sealed.id, field)));
  };
  if (!record.citizen_id.empty()) sealed.citizen_key = citizen_key(keys, record.citizen_id);
  if (!record.phone.empty()) sealed.phone_key = phone_key(keys, record.phone);
  sealed.citizen_id = seal("citizen_id", record.citizen_id);
  sealed.phone = seal("phone", record.phone);
  sealed.address = seal("address", record.address);
  return sealed;
}

std::optional<Id> person_by_citizen_key(db::Reader& reader, const Blob& key) {
  return reader.one<Id>(sql::members::by_citizen_key, key);
}

std::optional<Id> person_by_number(db::Reader& reader, std::string_view number) {
  return reader.one<Id>(sql::members::by_number_key, fold_code(number));
}

Id person_now(db::Reader& reader, Id person) {
  return reader.one<Id>(sql::members::merged_into, person).value_or(person);
}

std::vector<Id> ids_of(db::Reader& reader, Id person) {
  return reader.all<Id>(sql::members::ids_of, person);
}

std::optional<Blob> citizen_key_of(db::Reader& reader, Id person) {
  return reader.one<Blob>(sql::members::citizen_key_of, person);
}

std::vector<Id> members_named(db::Reader& reader, Id organisation, std::string_view name) {
  return reader.all<Id>(sql::members::named_below, kPartyStructure, organisation, name);
}

std::vector<Id> persons_without_numbers(db::Reader& reader, Id organisation, std::string_view name,
                                        std::string_view sex, Date birth) {
  return reader.all<Id>(sql::members::without_numbers, organisation, name, sex, birth);
}

std::optional<Id> organisation_of(db::Reader& reader, Id person) {
  return reader.one<Id>(sql::members::organisation_of, person);
}

namespace {

struct WhereaboutsRow {
  Id person = kNoId;
  std::optional<Id> organisation;
};
BOOST_DESCRIBE_STRUCT(WhereaboutsRow, (), (person, organisation))

}  // namespace

std::optional<Whereabouts> whereabouts(db::Reader& reader, Id person) {
  const auto found = reader.one<WhereaboutsRow>(sql::members::whereabouts, person);
  if (!found) return std::nullopt;
  return Whereabouts{found->person, found->organisation.value_or(kNoId)};
}

Recorded record_member(Transaction& tx, const Origin& origin, std::optional<Id> known,
                       const MemberRecord& record, const SealedIdentity& sealed) {
  return known ? merge(tx, origin, *known, record, sealed) : create(tx, origin, record, sealed);
}

std::optional<Id> move_member(Transaction& tx, const Origin& origin, Id person, Id to, Date on) {
  const auto held = membership_row(tx, person);
  if (!held) return std::nullopt;
  const Id before = held->organisation;
  remember(tx, origin, person, "organisation", std::to_string(before));
  if (held->valid_from >= on) {
    tx.run(sql::members::place_membership, person, to);
  } else {
    tx.run(sql::members::close_membership, person, on);
    MembershipRow next = *held;
    next.valid_from = on;
    next.organisation = to;
    next.batch = origin.batch;
    insert_membership(tx, next);
  }
  tx.fact(fact::kMemberMoved, std::max(on, held->valid_from), to,
          {.person = person, .subject = before});
  return before;
}

std::vector<Id> members_in_care(db::Reader& reader, Id organisation) {
  return reader.all<Id>(sql::members::in_care, organisation);
}

int count_members(db::Reader& reader, Id organisation) {
  return reader.one<int>(sql::members::count_normal, organisation).value_or(0);
}

std::optional<std::string> member_field(db::Reader& reader, const crypto::Keys& keys, Id id,
                                        std::string_view field) {
  const auto person = person_row(reader, id);
  const auto membership = membership_row(reader, id);
  if (!person || !membership) return std::nullopt;
  if (field == "organisation") return std::to_string(membership->organisation);
  if (auto text = person_field(keys, *person, field)) return text;
  return text_of_field(*membership, field);
}

bool put_member_fields(Transaction& tx, Id id, const std::vector<FieldValue>& values) {
  auto person = person_row(tx, id);
  auto membership = membership_row(tx, id);
  if (!person || !membership) return false;
  bool of_person = false;
  bool of_membership = false;
  for (const FieldValue& given : values) {
    if (given.field == "organisation") {
      take_back_move(tx, *membership, detail::id_in(given.value));
    } else if (put_person_field(tx.store().keys(), *person, given)) {
      of_person = true;
    } else {
      of_membership = put_field(*membership, given) || of_membership;
    }
  }
  if (of_person) update_person(tx, *person);
  if (of_membership) update_membership(tx, *membership);
  tx.fact(fact::kPersonChanged, tx.store().clock().today(), membership->organisation,
          {.person = id});
  return true;
}

void withdraw_person(Transaction& tx, Id person) {
  const auto membership = membership_row(tx, person);
  tx.run(sql::members::delete_memberships, person);
  tx.run(sql::members::delete_person, person);
  tx.fact(fact::kPersonWithdrawn, tx.store().clock().today(),
          membership ? membership->organisation : kNoId, {.person = person});
}

std::string birth_text(const std::optional<Date>& birth, std::string_view precision) {
  if (!birth) return {};
  const std::string iso = to_iso(*birth);
  return precision == "day" ? iso : iso.substr(0, precision == "month" ? 7 : 4);
}

std::string open_person_field(const crypto::Keys& keys, Id person, std::string_view field,
                              const Blob& sealed) {
  return opened(keys, sealed, person, field);
}

std::string masked(std::string_view number) {
  constexpr std::size_t kHead = 3;
  constexpr std::size_t kTail = 2;
  if (number.size() <= kHead + kTail) return std::string(number.size(), '*');
  return std::string(number.substr(0, kHead)) + std::string(number.size() - kHead - kTail, '*') +
         std::string(number.substr(number.size() - kTail));
}

}  // namespace jishi::registry
