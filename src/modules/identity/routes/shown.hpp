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

/// As whom the pages are seen: by `by`, until then.
struct SightNow {
  std::string by;     // the name of whoever looks
  bool whole = true;  // false: what the one who looks may not see is not shown
  std::int64_t until = 0;
};
BOOST_DESCRIBE_STRUCT(SightNow, (), (by, whole, until))

struct Me {
  Account account;
  bool by_token = false;
  bool must_enrol = false;  // a role asks for a second factor that is not set up
  std::string csrf;         // goes into X-CSRF-Token of every write; empty without a session
  std::vector<HeldRole> roles;
  std::vector<std::string> permissions;  // that the roles give somewhere
  std::optional<SightNow> sight;         // then all of the above is of the account that is seen as
};
BOOST_DESCRIBE_STRUCT(Me, (), (account, by_token, must_enrol, csrf, roles, permissions, sight))

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
  bool grantable = false;  // by whoever asks, somewhere
};
BOOST_DESCRIBE_STRUCT(ShownRole, (),
                      (role, name, permissions, two_factor, reach, separated, grantable))

/// A grant with the names of what it names: no member data.
struct ShownGrant {
  Id id = kNoId;
  Id account = kNoId;
  std::string role;
  std::string role_name;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string organisation_code;
  std::string structure;
  Date from;
  std::optional<Date> to;  // the first day on which it is held no more
  std::int64_t made = 0;
  Id made_by = kNoId;
  std::string made_by_name;  // empty: the command line
};
BOOST_DESCRIBE_STRUCT(ShownGrant, (),
                      (id, account, role, role_name, organisation, organisation_name,
                       organisation_code, structure, from, to, made, made_by, made_by_name))

/// An organisation at which a role may be held.
struct RolePlace {
  Id organisation = kNoId;
  std::string code;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(RolePlace, (), (organisation, code, name))

inline constexpr int kMaxRolePlaces = 20;
/// Organisations that a search for places looks at: those outside the caller's scope drop out.
inline constexpr int kMaxPlacesLookedAt = 2'000;

struct ShownPermission {
  std::string permission;
  std::string title;
  bool member_data = false;  // shows or changes what is recorded of members
};
BOOST_DESCRIBE_STRUCT(ShownPermission, (), (permission, title, member_data))

Result<Me> me(const api::Call& call, Identity& identity);
std::vector<ShownRole> shown_roles(const api::Call& call, Identity& identity);
std::vector<ShownGrant> shown_grants(const api::Call& call, const Roles& roles,
                                     const std::vector<Grant>& grants);
std::vector<ShownPermission> shown_permissions(Language language);

/// Living organisations whose code or name holds the words, where the caller may grant roles; by
/// code, the shorter first.
std::vector<RolePlace> role_places(const api::Call& call, std::string_view words);

}  // namespace jishi::identity
