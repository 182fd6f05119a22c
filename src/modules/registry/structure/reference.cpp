#include "modules/registry/structure/reference.hpp"

#include "base/integer.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/structure/reference.sql.hpp"

namespace jishi {

namespace registry {

namespace {

// Outside the reach of the one who acts it is as if it were not there.
bool reachable_organisation(db::Reader& reader, Id organisation) {
  return reader.reach() == nullptr || reader.reach()->organisation(reader, organisation);
}

bool reachable_person(db::Reader& reader, Id person) {
  return reader.reach() == nullptr || reader.reach()->person(reader, person);
}

/// The id that a reference gives, outright or as decimal digits.
Id id_in(const Reference& reference) {
  if (reference.id != kNoId) return reference.id;
  return parse_id(reference.code);
}

}  // namespace

Result<Id> organisation_meant(db::Reader& reader, const Reference& reference) {
  if (reference.id == kNoId && !reference.code.empty()) {
    const auto coded = organisation_by_code(reader, reference.code);
    if (coded && reachable_organisation(reader, *coded)) return *coded;
  }
  // The whole record, because whoever names an organisation goes on to read it.
  const auto found = organisation(reader, id_in(reference));
  if (found && reachable_organisation(reader, found->id)) return found->id;
  return fail(ErrorKind::not_found, "registry.not_found", {{"organisation", reference.text()}});
}

Result<Id> person_meant(db::Reader& reader, const Reference& reference) {
  if (reference.id == kNoId && !reference.code.empty()) {
    const auto numbered = person_by_number(reader, reference.code);
    if (numbered && reachable_person(reader, *numbered)) return *numbered;
  }
  const auto found = reader.one<Id>(sql::reference::person_by_id, id_in(reference));
  if (found && reachable_person(reader, *found)) return *found;
  return fail(ErrorKind::not_found, "registry.person_not_found", {{"person", reference.text()}});
}

Result<Whereabouts> member_meant(db::Reader& reader, const Reference& reference) {
  Id person = reference.id;
  if (person == kNoId) {
    const auto meant = person_meant(reader, reference);
    if (!meant) return meant.error();
    person = *meant;
  }
  const auto found = whereabouts(reader, person);
  if (found && reachable_person(reader, found->person)) return *found;
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
