#pragma once
// Roles that accounts hold at organisations, from a day to a day.

#include <optional>
#include <string>
#include <vector>

#include "modules/identity/accounts/accounts.hpp"
#include "modules/identity/roles/roles.hpp"

namespace jishi::identity {

struct GrantRole {
  Id account = kNoId;
  std::string role;
  std::optional<registry::Reference> organisation;  // none: the whole structure
  std::optional<std::string> structure;             // none: the Party's
  std::optional<Date> from;                         // none: today
  std::optional<Date> until;                        // the last day; none: until it is ended
};
BOOST_DESCRIBE_STRUCT(GrantRole, (), (account, role, organisation, structure, from, until))

struct Grant {
  Id id = kNoId;
  Id account = kNoId;
  std::string role;
  Id organisation = kNoId;
  std::string structure;
  Date from;
  std::optional<Date> to;  // the first day on which it is held no more
  std::int64_t made = 0;
  Id made_by = kNoId;
};
BOOST_DESCRIBE_STRUCT(Grant, (),
                      (id, account, role, organisation, structure, from, to, made, made_by))

/// Why a role may not be granted beside those that are held; pure. identity.roles_separated,
/// already_granted, too_many_grants.
std::optional<Error> refuse_grant(const Roles& roles, const std::vector<Grant>& held,
                                  const Grant& grant);

/// A grant as it would be, with what it names looked up. Fails with identity.role_unknown,
/// account_unknown, account_is_disabled, organisation_needed, grant_days,
/// organisation_not_in_structure, registry.not_found.
Result<Grant> grant_meant(db::Reader& reader, const Roles& roles, const GrantRole& asked,
                          Date today);

/// Writes a grant, unless refuse_grant() refuses it.
Result<Grant> add_grant(Transaction& tx, const Roles& roles, Grant grant);

/// Ends a grant today. Fails with identity.grant_unknown.
Result<Grant> end_grant(Transaction& tx, Id grant);

std::optional<Grant> grant(db::Reader& reader, Id id);

/// All grants of an account that are or will be held, latest first; with `past`, the others, too.
std::vector<Grant> grants_of(db::Reader& reader, Id account, Date today, bool past = false);

}  // namespace jishi::identity
