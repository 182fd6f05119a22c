#pragma once
// What a person at a desk corrects in the record of an organisation; its name and place are changed
// by commands of their own, which have a day.

#include "api/call.hpp"
#include "base/codes.hpp"
#include "modules/registry/organisations/organisations.hpp"

namespace jishi::registry {

inline constexpr int kMaxTermYears = 10;

/// What is recorded of an organisation itself, whatever stands below it.
struct OrganisationFields {
  Id organisation = kNoId;
  std::string kind;
  std::string unit_name;
  std::string credit_code;
  std::string unit_kind;
  std::string division;
  std::optional<Date> founded;
  std::optional<Date> elected;
  std::optional<int> term_years;
  std::optional<Date> extended_to;
  std::string phone;  // masked
};
BOOST_DESCRIBE_STRUCT(OrganisationFields, (),
                      (organisation, kind, unit_name, credit_code, unit_kind, division, founded,
                       elected, term_years, extended_to, phone))

/// What to change; what is not given stays, an empty text takes a value away.
struct OrganisationEdit {
  std::optional<std::string> kind;  // a code of the pack, as is unit_kind
  std::optional<std::string> unit_name;
  std::optional<std::string> credit_code;
  std::optional<std::string> unit_kind;
  std::optional<std::string> division;     // 6 to 12 digits
  std::optional<std::string> elected;      // days: 2026-03-01
  std::optional<std::string> term_years;   // 1 to 10
  std::optional<std::string> extended_to;  // the day until which the term was extended
  std::optional<std::string> phone;
};
BOOST_DESCRIBE_STRUCT(OrganisationEdit, (),
                      (kind, unit_name, credit_code, unit_kind, division, elected, term_years,
                       extended_to, phone))

/// Error: registry.not_found.
Result<OrganisationFields> organisation_fields(db::Reader& reader, const crypto::Keys& keys,
                                               Id organisation);

/// Gives the fields these values, each with a fact; the archive remembers those before. Errors:
/// registry.edit_empty, edit_name_of_unit, edit_code, edit_credit_code, edit_division, edit_day,
/// edit_term, edit_phone.
Result<Done> edit_organisation(Transaction& tx, const Codes& codes, Id organisation,
                               const OrganisationEdit& edit);

}  // namespace jishi::registry
