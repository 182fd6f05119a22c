#pragma once
// Persons and their formal membership: a person exists once, whoever tells of them.

#include "modules/registry/archive/archive.hpp"
#include "modules/registry/fields/field_text.hpp"
#include "modules/registry/organisations/organisations.hpp"

namespace jishi::registry {

/// How exactly a birth date is known: day, month or year.
struct Birth {
  Date from;
  std::string_view precision = "day";
};

/// Values that are sealed at rest, prepared beside the writer thread: sealing a city takes as long
/// as writing it.
struct SealedIdentity {
  Id id = kNoId;  // the id a new person will have: cipher texts are bound to it
  std::optional<Blob> citizen_key;
  std::optional<Blob> citizen_id;
  std::optional<Blob> phone_key;
  std::optional<Blob> phone;
  std::optional<Blob> address;
};

/// A member as a source tells of them; an empty text or date says nothing. Codes are those of the
/// pack.
struct MemberRecord {
  std::string_view number;
  std::string_view name;
  std::string_view citizen_id;
  std::string_view sex;
  std::string_view ethnic;
  std::optional<Birth> birth;
  std::string_view education;
  std::string_view occupation;
  std::string_view phone;
  std::string_view address;
  Id organisation = kNoId;
  std::string_view stage;
  Date joined;
  std::optional<Date> confirmed;
  std::optional<Date> probation_until;
  std::string_view status;
  std::optional<Date> lost_since;
  std::optional<Date> floating_since;
};

/// Seals the personal values of a record for a person who may turn out to be new.
SealedIdentity seal_identity(Store& store, const MemberRecord& record);

/// The keyed index by which a citizen id is found.
Blob citizen_key(const crypto::Keys& keys, std::string_view citizen_id);

/// Whom a citizen id or a number leads to: where it is of a person who was merged, to the one kept.
std::optional<Id> person_by_citizen_key(db::Reader& reader, const Blob& key);
std::optional<Id> person_by_number(db::Reader& reader, std::string_view number);

/// Whom an id leads to today: the person it was merged into, otherwise itself.
Id person_now(db::Reader& reader, Id person);

/// Every id that facts may name a person by: their own, and those merged into them.
std::vector<Id> ids_of(db::Reader& reader, Id person);

/// The keyed index of a person's citizen id, if one is on record.
std::optional<Blob> citizen_key_of(db::Reader& reader, Id person);

/// Persons of a name who are on record in an organisation or below it; two are enough to know that
/// it is ambiguous.
std::vector<Id> members_named(db::Reader& reader, Id organisation, std::string_view name);

/// Persons without citizen id and number who are alike in name, sex and birth in one organisation:
/// only their order tells them apart.
std::vector<Id> persons_without_numbers(db::Reader& reader, Id organisation, std::string_view name,
                                        std::string_view sex, Date birth);

/// The organisation of a person's formal membership today.
std::optional<Id> organisation_of(db::Reader& reader, Id person);

/// Whom an id leads to, and where they are a member today; 0: nowhere.
struct Whereabouts {
  Id person = kNoId;
  Id organisation = kNoId;
};

/// Both at once; nothing of an id that nobody has.
std::optional<Whereabouts> whereabouts(db::Reader& reader, Id person);

/// Writes what a source tells of a member: a new person, or the fields that changed of `known`.
Recorded record_member(Transaction& tx, const Origin& origin, std::optional<Id> known,
                       const MemberRecord& record, const SealedIdentity& sealed);

/// Moves a person's formal membership to another organisation from `on`, as a person decided it. A
/// membership that began later moves as a whole. Returns the organisation before; nothing when
/// there is no membership.
std::optional<Id> move_member(Transaction& tx, const Origin& origin, Id person, Id to, Date on);

/// The members whom an organisation has to care for today: in good standing, or suspended.
std::vector<Id> members_in_care(db::Reader& reader, Id organisation);

/// How many members of an organisation are in good standing today.
int count_members(db::Reader& reader, Id organisation);

/// What a field of a person or of their membership today holds, opened; an organisation as its id.
/// Nothing where there is no such person or field.
std::optional<std::string> member_field(db::Reader& reader, const crypto::Keys& keys, Id person,
                                        std::string_view field);

/// Gives fields of a person and their membership these values, whatever their sources, with a fact.
/// Where `organisation` is among them, the membership before holds again as if there had been no
/// move. False when there is no such person.
bool put_member_fields(Transaction& tx, Id person, const std::vector<FieldValue>& values);

/// Takes back a person that an import made.
void withdraw_person(Transaction& tx, Id person);

/// `1980-05-17`, `1980-05` or `1980`, by how exactly it is known; empty when it is not.
std::string birth_text(const std::optional<Date>& birth, std::string_view precision);

/// Opens a sealed value of a person's record (`citizen_id`, `phone`, `address`); empty when it does
/// not open.
std::string open_person_field(const crypto::Keys& keys, Id person, std::string_view field,
                              const Blob& sealed);

/// A number as people may see it who have no purpose for the whole: 110***********002X as 110…2X.
std::string masked(std::string_view number);

}  // namespace jishi::registry
