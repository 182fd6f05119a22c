#pragma once
// Persons and organisations by whatever a person typed: the beginning of a name, its pinyin or
// initials, a number or code, and by equality a phone or a citizen id.

#include "modules/registry/roll/roll.hpp"

namespace jishi::registry {

/// Answers a search gives of each kind, at most.
inline constexpr int kMaxFound = 50;

struct SearchQuery {
  std::string typed;
  Id near = kNoId;  // the organisation of who asks: of equal answers the nearer stand first
  int limit = 20;   // kMaxFound at most
};

/// What of a row was meant: exact, prefix, pinyin, pinyin_prefix, initials, initials_prefix,
/// number, phone, citizen_id, code.
struct FoundPerson {
  Id person = kNoId;
  std::string number;
  std::string name;
  std::string status;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string by;
};
BOOST_DESCRIBE_STRUCT(FoundPerson, (),
                      (person, number, name, status, organisation, organisation_name, by))

struct FoundOrganisation {
  Id organisation = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  bool ended = false;
  std::string by;
};
BOOST_DESCRIBE_STRUCT(FoundOrganisation, (), (organisation, code, name, kind, ended, by))

struct Found {
  std::vector<FoundPerson> persons;
  std::vector<FoundOrganisation> organisations;
};
BOOST_DESCRIBE_STRUCT(Found, (), (persons, organisations))

/// What was meant within the scope, best first. Finding somebody by phone or citizen id tells the
/// caller no more than that the number they hold is on record there.
Found find(db::Reader& reader, const crypto::Keys& keys, Roll& roll, const Scope& scope,
           const SearchQuery& query);

}  // namespace jishi::registry
