#pragma once
// What an account is and holds, as it stands in the store.

#include <memory>
#include <string>
#include <vector>

#include "ledger/store.hpp"
#include "modules/identity/roles/roles.hpp"

namespace jishi::identity {

/// An account is invited until its first password is set.
enum class AccountState { invited, active, disabled };
BOOST_DESCRIBE_ENUM(AccountState, invited, active, disabled)

/// Grants and temporary accesses of one account that count at once.
inline constexpr std::size_t kMaxGrants = 64;
inline constexpr int kMaxAccesses = 200;

/// A role held at an organisation (0: all of a structure) from a day until before another.
struct Holding {
  const Role* role = nullptr;
  Id organisation = kNoId;
  std::string structure;
  Date from;
  std::optional<Date> to;

  bool on(Date day) const { return from <= day && (!to || day < *to); }
};

/// Whether there is a day on which both are held.
bool overlap(const Holding& one, const Holding& other);

struct TemporaryAccess {
  Id person = kNoId;
  std::int64_t expires = 0;
};
BOOST_DESCRIBE_STRUCT(TemporaryAccess, (), (person, expires))

struct AccountStanding {
  Id account = kNoId;
  Id person = kNoId;
  AccountState state = AccountState::disabled;
  Language language = Language::zh;
  bool second_factor = false;
  std::vector<Holding> holdings;
  std::vector<TemporaryAccess> accesses;

  /// Whether a role that is held on this day asks for a second factor.
  bool needs_second_factor(Date day) const;
};

/// An account with what it holds today or will. Nothing where there is no such account. Roles that
/// the pack no longer has count for nothing, as do all of an account that holds two which may not
/// be held together.
std::shared_ptr<const AccountStanding> read_standing(db::Reader& reader, const Roles& roles,
                                                     Id account, Date today);

}  // namespace jishi::identity
