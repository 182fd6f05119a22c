#include "modules/registry/members/member_rows.hpp"

#include "base/text.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/members/members.sql.hpp"

namespace jishi::registry {

namespace {

void put_birth(PersonRow& person, std::string_view text) {
  constexpr std::string_view kFirstDay = "0000-01-01";
  person.birth_precision = text.size() == 4 ? "year" : text.size() == 7 ? "month" : "day";
  std::string whole(text);
  if (whole.size() < kFirstDay.size()) whole += kFirstDay.substr(whole.size());
  person.birth = parse_iso_date(whole);
  if (text.empty()) person.birth_precision = "day";
}

std::optional<Blob> sealed_or_none(const crypto::Keys& keys, Id person, const FieldValue& given) {
  if (given.value.empty()) return std::nullopt;
  return keys.cipher().seal(given.value, context_of(person, given.field));
}

std::optional<Blob> key_or_none(const crypto::Keys& keys, const FieldValue& given) {
  if (given.value.empty()) return std::nullopt;
  return keys.blind_index(given.field, given.value);
}

void write_person(Transaction& tx, const PersonRow& person) {
  tx.run(sql::members::update_person, person.id, person.number, person.number_key, person.name,
         person.sex, person.ethnic, person.birth, person.birth_precision, person.education,
         person.occupation, person.citizen_id, person.citizen_key, person.phone, person.phone_key,
         person.address);
}

}  // namespace

std::optional<PersonRow> person_row(db::Reader& reader, Id person) {
  return reader.one<PersonRow>(sql::members::person, person);
}

std::optional<MembershipRow> membership_row(db::Reader& reader, Id person) {
  return reader.one<MembershipRow>(sql::members::membership, person);
}

void update_person(Transaction& tx, const PersonRow& person) {
  if (!tx.one<Id>(sql::members::any_merged, person.id)) return write_person(tx, person);
  const auto before = person_row(tx, person.id);
  std::optional<Id> number_holder;
  std::optional<Id> citizen_holder;
  if (person.number_key != before->number_key) {
    number_holder = tx.one<Id>(sql::members::merged_with_number, person.id, person.number_key);
  }
  if (person.citizen_key != before->citizen_key) {
    citizen_holder =
        tx.one<Id>(sql::members::merged_with_citizen_key, person.id, person.citizen_key);
  }
  if (number_holder) tx.run(sql::members::set_number_key, *number_holder, std::nullopt);
  if (citizen_holder) tx.run(sql::members::set_citizen_key, *citizen_holder, std::nullopt);
  write_person(tx, person);
  if (number_holder) tx.run(sql::members::set_number_key, *number_holder, before->number_key);
  if (citizen_holder) tx.run(sql::members::set_citizen_key, *citizen_holder, before->citizen_key);
}

void update_membership(Transaction& tx, const MembershipRow& held) {
  tx.run(sql::members::update_membership, held.person, held.stage, held.joined, held.confirmed,
         held.probation_until, held.status, held.lost_since, held.floating_since);
}

void insert_membership(Transaction& tx, const MembershipRow& row) {
  tx.run(sql::members::add_membership, row.person, row.valid_from, row.valid_to, row.organisation,
         row.stage, row.joined, row.confirmed, row.probation_until, row.status, row.lost_since,
         row.floating_since, row.batch);
}

std::string context_of(Id person, std::string_view field) {
  return fmt::format("person.{}:{}", field, person);
}

std::string opened(const crypto::Keys& keys, const std::optional<Blob>& sealed, Id person,
                   std::string_view field) {
  if (!sealed) return {};
  const auto plain = keys.cipher().open(*sealed, context_of(person, field));
  return plain ? *plain : std::string();
}

std::optional<std::string> number_key(std::string_view number) {
  if (number.empty()) return std::nullopt;
  return fold_code(number);
}

std::optional<std::string> person_field(const crypto::Keys& keys, const PersonRow& person,
                                        std::string_view field) {
  if (field == "birth") return birth_text(person.birth, person.birth_precision);
  if (field == "citizen_id") return opened(keys, person.citizen_id, person.id, field);
  if (field == "phone") return opened(keys, person.phone, person.id, field);
  if (field == "address") return opened(keys, person.address, person.id, field);
  return text_of_field(person, field);
}

bool put_person_field(const crypto::Keys& keys, PersonRow& person, const FieldValue& given) {
  if (given.field == "birth") {
    put_birth(person, given.value);
  } else if (given.field == "citizen_id") {
    person.citizen_id = sealed_or_none(keys, person.id, given);
    person.citizen_key = key_or_none(keys, given);
  } else if (given.field == "phone") {
    person.phone = sealed_or_none(keys, person.id, given);
    person.phone_key = key_or_none(keys, given);
  } else if (given.field == "address") {
    person.address = sealed_or_none(keys, person.id, given);
  } else {
    if (!put_field(person, given)) return false;
    if (given.field == "number") person.number_key = number_key(person.number);
  }
  return true;
}

}  // namespace jishi::registry
