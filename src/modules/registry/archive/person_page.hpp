#pragma once
// The archive of one person as people read it: every field with its value (sensitive ones masked),
// its source and since when; memberships and posts with their intervals.

#include "modules/registry/archive/archive.hpp"
#include "modules/registry/roll/scope.hpp"

namespace jishi::registry {

/// Rows of each list of a person's archive that are shown, at most.
inline constexpr int kMaxArchiveRows = 200;

struct ArchiveField {
  std::string field;
  std::string value;  // codes as codes, days as 2026-03-01; masked where sensitive
  bool masked = false;
  std::string source;         // of the value that stands
  std::int64_t since_ms = 0;  // when it was recorded; 0: with the record itself
  bool contested = false;     // another source says otherwise, and nobody has decided
};
BOOST_DESCRIBE_STRUCT(ArchiveField, (), (field, value, masked, source, since_ms, contested))

struct ArchiveMembership {
  Id organisation = kNoId;
  std::string organisation_code;
  std::string organisation_name;
  Date from;
  std::optional<Date> to;
  std::string stage;
  std::string status;
};
BOOST_DESCRIBE_STRUCT(ArchiveMembership, (),
                      (organisation, organisation_code, organisation_name, from, to, stage, status))

struct ArchivePost {
  Id post = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string title;
  Date from;
  std::optional<Date> to;
};
BOOST_DESCRIBE_STRUCT(ArchivePost, (), (post, organisation, organisation_name, title, from, to))

struct PersonPage {
  Id person = kNoId;
  std::string name;
  std::string number;
  Id organisation = kNoId;
  std::string organisation_code;
  std::string organisation_name;
  std::vector<ArchiveField> fields;
  std::vector<ArchiveMembership> memberships;  // latest first
  std::vector<ArchivePost> posts;              // latest first
};
BOOST_DESCRIBE_STRUCT(PersonPage, (),
                      (person, name, number, organisation, organisation_code, organisation_name,
                       fields, memberships, posts))

/// Whether a field is shown masked only.
bool is_personal(std::string_view field);

/// The value of such a field as people may see it who have no purpose for the whole.
std::string masked_field(std::string_view field, std::string_view plain);

/// The archive of a person within the scope. Error: registry.person_not_found.
Result<PersonPage> person_page(db::Reader& reader, const crypto::Keys& keys, const Scope& scope,
                               Id person);

/// The same of a person wherever they are a member: for whoever was let in already.
Result<PersonPage> archive_of(db::Reader& reader, const crypto::Keys& keys, Id person);

}  // namespace jishi::registry
