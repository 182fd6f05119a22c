#pragma once
// Who is signed in and where they may do what, as the API shows it.

#include "api/call.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

/// A role that the caller holds.
struct HeldRole {
  Id grant = kNoId;
  std::string role;
  std::string name;  // of the role, in the caller's language
  Id organisation = kNoId;
  std::string organisation_name;
  std::string structure;
  std::optional<Date> to;
};
BOOST_DESCRIBE_STRUCT(HeldRole, (),
                      (grant, role, name, organisation, organisation_name, structure, to))

struct Me {
  Account account;
  bool by_token = false;
  bool must_enrol = false;  // a role asks for a second factor that is not set up
  std::string csrf;         // goes into X-CSRF-Token of every write; empty without a session
  std::vector<HeldRole> roles;
  std::vector<std::string> permissions;  // that the roles give somewhere
};
BOOST_DESCRIBE_STRUCT(Me, (), (account, by_token, must_enrol, csrf, roles, permissions))

struct Entered {
  Account account;
  std::string csrf;
  bool must_enrol = false;
};
BOOST_DESCRIBE_STRUCT(Entered, (), (account, csrf, must_enrol))

struct Ended {
  std::int64_t sessions = 0;
};
BOOST_DESCRIBE_STRUCT(Ended, (), (sessions))

struct ShownRole {
  std::string role;
  std::string name;
  std::vector<std::string> permissions;
  bool two_factor = false;
  Reach reach = Reach::subtree;
  Separated separated = Separated::none;
};
BOOST_DESCRIBE_STRUCT(ShownRole, (), (role, name, permissions, two_factor, reach, separated))

Result<Me> me(const api::Call& call, Identity& identity);
std::vector<ShownRole> shown_roles(const Roles& roles, Language language);

}  // namespace jishi::identity
