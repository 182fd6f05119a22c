#pragma once
// Organisations as records: found by code or name, recorded from a source, withdrawn by an undo.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/registry/archive/archive.hpp"
#include "modules/registry/fields/field_text.hpp"

namespace jishi::registry {

/// The structure of Party organisations; others (division, grid, region) stand beside it.
inline constexpr std::string_view kPartyStructure = "party";

/// An organisation as a source tells of it; an empty text or date says nothing. Codes are those of
/// the pack.
struct OrganisationRecord {
  std::string_view code;
  std::string_view name;
  std::optional<Id> parent;
  std::string_view kind;
  std::string_view unit_name;
  std::string_view credit_code;
  std::string_view unit_kind;
  std::string_view division;
  std::optional<Date> founded;
  std::optional<Date> elected;
  std::optional<int> term_years;
  std::optional<Date> extended_to;
  std::optional<Date> ended;
  std::string_view phone;
  std::string_view structure = kPartyStructure;  // in which a new organisation stands
};

struct Organisation {
  Id id = kNoId;
  std::string code;
  std::string code_key;
  bool code_given = true;
  std::string name;
  std::string kind;
  std::string unit_name;
  std::string credit_code;
  std::string unit_kind;
  std::string division;
  std::optional<Date> founded;
  std::optional<Date> elected;
  std::optional<int> term_years;
  std::optional<Date> extended_to;
  std::optional<Date> ended;
  std::optional<Blob> phone;
  Id source = kNoId;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(Organisation, (),
                      (id, code, code_key, code_given, name, kind, unit_name, credit_code,
                       unit_kind, division, founded, elected, term_years, extended_to, ended, phone,
                       source, batch))

struct Recorded {
  Id id = kNoId;
  Outcome outcome = Outcome::unchanged;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (id, outcome))

/// The organisation with this code (compared without case and spaces).
std::optional<Id> organisation_by_code(db::Reader& reader, std::string_view code);

/// The organisations of this full name; two are enough to know that it is ambiguous.
std::vector<Id> organisations_named(db::Reader& reader, std::string_view name);

std::optional<Organisation> organisation(db::Reader& reader, Id id);

/// Says that organisation() and parent_of() will be asked: db::Reader::soon().
void organisation_soon(db::Reader& reader, Id id);

/// The organisation of this name directly under `parent` today.
std::optional<Id> organisation_named_under(db::Reader& reader, std::string_view name, Id parent);

/// Whether an organisation has a code that it was given, not one of the program's own.
bool has_given_code(db::Reader& reader, Id id);

/// The organisation above it in today's tree of Party organisations.
std::optional<Id> parent_of(db::Reader& reader, Id id);

/// Writes what a source tells of an organisation: a new one, or the fields that changed of `known`.
/// The caller has made sure that the parent exists and makes no cycle. The closure of today's tree
/// is rebuilt by rebuild_ancestry().
Recorded record_organisation(Transaction& tx, const Origin& origin, std::optional<Id> known,
                             const OrganisationRecord& record);

/// Brings the closure of today's tree of a structure in line with its links.
void rebuild_ancestry(Transaction& tx, std::string_view structure);

/// What a field of an organisation holds today, opened; its `parent` as an id, empty at the top.
/// Nothing where there is no such organisation or field.
std::optional<std::string> organisation_field(db::Reader& reader, const crypto::Keys& keys, Id id,
                                              std::string_view field);

/// Gives fields of an organisation these values, whatever their sources, with a fact. Where
/// `parent` is among them, the link before holds again as if there had been no move; the closure of
/// today's tree is then to be rebuilt. False when there is no such organisation.
bool put_organisation_fields(Transaction& tx, Id id, const std::vector<FieldValue>& values);

/// Takes back an organisation that an import made.
void withdraw_organisation(Transaction& tx, Id id);

}  // namespace jishi::registry
