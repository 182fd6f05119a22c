#pragma once
// What the words in a row refer to: organisations by code or name, persons by number, citizen id or
// name.

#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "modules/registry/registry.hpp"

namespace jishi::intake {

/// Whether whoever imports may name these: what lies outside their scope is as if it were not
/// there.
bool reachable_organisation(Transaction& tx, Id organisation);
bool reachable_person(Transaction& tx, Id person);

enum class Missing { none, ambiguous };  // none: nothing of that name

/// An organisation's id, or why there is none.
using OrganisationReference = std::variant<Id, Missing>;

/// A person's id, or why there is none.
using PersonReference = std::variant<Id, Missing>;

/// Resolves references against the store as the import's own transaction sees it, and remembers
/// them. Organisations must not change while it lives.
class References {
 public:
  explicit References(Transaction& tx) : tx_(tx) {}

  /// The code first, else the full name if it is the name of one organisation only.
  OrganisationReference organisation(const std::string& written);

  /// The person whom a row of posts or dues means: the number decides, and a citizen id beside it
  /// that is another's makes the person missing.
  std::optional<Id> person(const std::string& number, const std::string& citizen_id);

  /// A participant: a 人员编号, or the only one of that name in the organisation or below it.
  PersonReference participant(Id organisation, const std::string& written);

 private:
  static constexpr std::size_t kMaxRemembered = 200'000;

  Transaction& tx_;
  std::unordered_map<std::string, OrganisationReference> organisations_;
  std::unordered_map<std::string, PersonReference> participants_;
  std::string last_number_;
  std::string last_citizen_id_;
  std::optional<Id> last_person_;
};

}  // namespace jishi::intake
