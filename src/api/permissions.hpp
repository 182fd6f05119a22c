#pragma once
// Every permission there is: the one list that roles of the pack, tokens and routes are held
// against.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace jishi::api {

/// The name of a permission as roles of the pack list it: `registry.read`.
using Permission = std::string_view;

struct PermissionEntry {
  Permission name;
  /// Shows or changes what is recorded of members: no administrator of the system may hold it.
  bool member_data = true;
  /// Also given, over one's own record, to whoever holds self.read.
  bool over_oneself = false;
};

inline constexpr std::array kPermissions{
    PermissionEntry{"audit.read", false},  // the ledger, which names persons by id only
    PermissionEntry{"dues.write"},
    PermissionEntry{"export.make", false},  // of lists that the account may see anyway
    PermissionEntry{"export.personal"},
    PermissionEntry{"identity.grant_roles", false},
    PermissionEntry{"identity.manage_accounts", false},  // make, disable, one-time links
    PermissionEntry{"identity.read_accounts", false},
    PermissionEntry{"identity.reset_factors", false},
    PermissionEntry{"identity.see_as", false},  // look as another would: what both may see
    PermissionEntry{"insight.handle"},          // take a light up, explain it
    PermissionEntry{"insight.manage", false},
    PermissionEntry{"insight.read"},
    PermissionEntry{"insight.waive"},  // set a light aside that stands below
    PermissionEntry{"intake.import"},
    PermissionEntry{"orglife.write"},
    PermissionEntry{"registry.read", true, true},  // masked
    PermissionEntry{"registry.unmask", true, true},
    PermissionEntry{"registry.write"},
    PermissionEntry{"search.use"},
    PermissionEntry{"self.read"},
    PermissionEntry{"system.manage", false},
    PermissionEntry{"workflow.act"},            // begin cases, do the tasks of one's roles
    PermissionEntry{"workflow.deploy", false},  // deploy versions of processes
    PermissionEntry{"workflow.manage"},         // suspend, end, migrate cases; reassign their tasks
    PermissionEntry{"workflow.read"},
};
static_assert(kPermissions.size() <= 64, "a PermissionSet has 64 places");

/// The place of a permission in the list; nothing for a name that is none.
constexpr std::optional<unsigned> number_of(Permission name) {
  for (unsigned number = 0; number < kPermissions.size(); ++number) {
    if (kPermissions[number].name == name) return number;
  }
  return std::nullopt;
}

/// A set of permissions.
class PermissionSet {
 public:
  constexpr PermissionSet() = default;
  static constexpr PermissionSet all() { return PermissionSet(~std::uint64_t{0}); }

  constexpr void add(unsigned number) { bits_ |= std::uint64_t{1} << number; }
  constexpr bool has(unsigned number) const { return (bits_ >> number & 1U) != 0; }
  constexpr bool has(Permission name) const {
    const auto number = number_of(name);
    return number && has(*number);
  }
  constexpr void drop(unsigned number) { bits_ &= ~(std::uint64_t{1} << number); }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr PermissionSet operator|(PermissionSet other) const {
    return PermissionSet(bits_ | other.bits_);
  }

  /// Whether one of them shows or changes what is recorded of members.
  constexpr bool sees_member_data() const {
    for (unsigned number = 0; number < kPermissions.size(); ++number) {
      if (has(number) && kPermissions[number].member_data) return true;
    }
    return false;
  }

  friend constexpr bool operator==(PermissionSet, PermissionSet) = default;

 private:
  constexpr explicit PermissionSet(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t bits_ = 0;
};

}  // namespace jishi::api
