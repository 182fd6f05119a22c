#include "modules/registry/structure/reference.hpp"

#include "modules/registry/members/members.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/structure/reference.sql.hpp"

namespace jishi {

namespace registry {

namespace {

/// The id that a reference gives, outright or as decimal digits.
Id id_in(const Reference& reference) {
  if (reference.id != kNoId) return reference.id;
  return jishi::detail::json_integer(boost::json::string(reference.code)).value_or(kNoId);
}

}  // namespace

Result<Id> organisation_meant(db::Reader& reader, const Reference& reference) {
  if (reference.id == kNoId && !reference.code.empty()) {
    if (const auto found = organisation_by_code(reader, reference.code)) return *found;
  }
  const auto found = reader.one<Id>(sql::reference::organisation_by_id, id_in(reference));
  if (found) return *found;
  return fail(ErrorKind::not_found, "registry.not_found", {{"organisation", reference.text()}});
}

Result<Id> person_meant(db::Reader& reader, const Reference& reference) {
  if (reference.id == kNoId && !reference.code.empty()) {
    if (const auto found = person_by_number(reader, reference.code)) return *found;
  }
  const auto found = reader.one<Id>(sql::reference::person_by_id, id_in(reference));
  if (found) return *found;
  return fail(ErrorKind::not_found, "registry.person_not_found", {{"person", reference.text()}});
}

}  // namespace registry

std::optional<registry::Reference> JsonForm<registry::Reference>::read(
    const boost::json::value& value) {
  if (const auto* id = value.if_int64()) return registry::Reference(Id{*id});
  if (const auto* code = value.if_string()) return registry::Reference(std::string(*code));
  return std::nullopt;
}

boost::json::value JsonForm<registry::Reference>::write(const registry::Reference& reference) {
  return boost::json::string(reference.text());
}

}  // namespace jishi
