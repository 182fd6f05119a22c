#pragma once
// How a command names an organisation or a person: by code (组织代码, 人员编号), or by id.

#include "base/id.hpp"
#include "base/json.hpp"
#include "modules/registry/members/members.hpp"
#include "platform/db/typed.hpp"

namespace jishi::registry {

/// A code as people write it, or an id. An id of 0 and an empty code name nothing: the top of a
/// structure.
struct Reference {
  Reference() = default;
  Reference(Id named) : id(named) {}                        // NOLINT(google-explicit-constructor)
  Reference(std::string named) : code(std::move(named)) {}  // NOLINT(google-explicit-constructor)
  Reference(const char* named) : code(named) {}             // NOLINT(google-explicit-constructor)

  bool empty() const { return id == kNoId && (code.empty() || code == "0"); }
  /// As it was written, for messages.
  std::string text() const { return id == kNoId ? code : std::to_string(id); }

  Id id = kNoId;
  std::string code;
};

/// The organisation that is meant: by its code, else by an id of decimal digits. Fails with
/// registry.not_found.
Result<Id> organisation_meant(db::Reader& reader, const Reference& reference);

/// The person who is meant: by 人员编号, else by an id. Fails with registry.person_not_found.
Result<Id> person_meant(db::Reader& reader, const Reference& reference);

/// The same, with where they are a member.
Result<Whereabouts> member_meant(db::Reader& reader, const Reference& reference);

}  // namespace jishi::registry

namespace jishi {

/// A number is an id; a text is a code, or an id of decimal digits.
template <>
struct JsonForm<registry::Reference> {
  static constexpr std::string_view kExpected = "registry.reference_expected";
  static std::optional<registry::Reference> read(const boost::json::value& value);
  static boost::json::value write(const registry::Reference& reference);
};

}  // namespace jishi
