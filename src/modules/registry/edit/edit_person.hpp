#pragma once
// What a person at a desk corrects in an archive, field by field: a value of its own source, which
// the archive's history keeps beside the one before.

#include "base/codes.hpp"
#include "modules/registry/archive/person_page.hpp"

namespace jishi::registry {

/// What to change; what is not given stays, an empty text takes a value away.
struct PersonEdit {
  std::optional<std::string> name;
  std::optional<std::string> ethnic;  // a code of the pack, as are education and occupation
  std::optional<std::string> education;
  std::optional<std::string> occupation;
  std::optional<std::string> phone;
  std::optional<std::string> address;
};
BOOST_DESCRIBE_STRUCT(PersonEdit, (), (name, ethnic, education, occupation, phone, address))

/// Whether a phone number reads as one; whether a set has this code.
bool is_phone(std::string_view phone);
bool is_code_of(const CodeSet& set, std::string_view value);

/// Gives the fields these values, with their facts. Errors: registry.edit_empty, edit_name,
/// edit_phone, edit_address, edit_code, those of decide_field().
Result<Done> edit_person(Transaction& tx, const Codes& codes, Id person, const PersonEdit& edit);

}  // namespace jishi::registry
