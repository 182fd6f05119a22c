#pragma once
// Rows of persons and memberships as they stand in the tables: for the features of this module that
// write them.

#include "modules/registry/archive/archive.hpp"
#include "modules/registry/fields/field_text.hpp"

namespace jishi::registry {

struct PersonRow {
  Id id = kNoId;
  std::string number;
  std::optional<std::string> number_key;
  std::string name;
  std::string sex;
  std::string ethnic;
  std::optional<Date> birth;
  std::string birth_precision;
  std::string education;
  std::string occupation;
  std::optional<Blob> citizen_id;
  std::optional<Blob> citizen_key;
  std::optional<Blob> phone;
  std::optional<Blob> phone_key;
  std::optional<Blob> address;
  Id source = kNoId;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (id, number, number_key, name, sex, ethnic, birth, birth_precision, education,
                       occupation, citizen_id, citizen_key, phone, phone_key, address, source,
                       batch))

/// A membership; the one of today has no end.
struct MembershipRow {
  Id person = kNoId;
  Date valid_from;
  std::optional<Date> valid_to;
  Id organisation = kNoId;
  std::string stage;
  std::optional<Date> joined;
  std::optional<Date> confirmed;
  std::optional<Date> probation_until;
  std::string status;
  std::optional<Date> lost_since;
  std::optional<Date> floating_since;
  Id batch = kNoId;

  friend bool operator==(const MembershipRow&, const MembershipRow&) = default;
};
BOOST_DESCRIBE_STRUCT(MembershipRow, (),
                      (person, valid_from, valid_to, organisation, stage, joined, confirmed,
                       probation_until, status, lost_since, floating_since, batch))

std::optional<PersonRow> person_row(db::Reader& reader, Id person);
/// The membership of today.
std::optional<MembershipRow> membership_row(db::Reader& reader, Id person);

/// Writes what a person's row holds. Where its number or citizen id was that of a person merged
/// into this one, that person's record goes on leading here by the one which was given up.
void update_person(Transaction& tx, const PersonRow& person);
/// Writes the standing of today's membership: not its place and interval.
void update_membership(Transaction& tx, const MembershipRow& membership);
void insert_membership(Transaction& tx, const MembershipRow& membership);

/// What a sealed value is bound to.
std::string context_of(Id person, std::string_view field);
/// Opens a sealed value; what does not open counts as empty, so that a value that came in can
/// replace it.
std::string opened(const crypto::Keys& keys, const std::optional<Blob>& sealed, Id person,
                   std::string_view field);
/// The form in which numbers are compared; none for an empty one.
std::optional<std::string> number_key(std::string_view number);

/// What a field of a person's row holds as text, opened; nothing for a field it does not have.
std::optional<std::string> person_field(const crypto::Keys& keys, const PersonRow& person,
                                        std::string_view field);
/// Gives a field of a person's row a value, sealed and with its key; false for one it does not
/// have.
bool put_person_field(const crypto::Keys& keys, PersonRow& person, const FieldValue& given);

}  // namespace jishi::registry
