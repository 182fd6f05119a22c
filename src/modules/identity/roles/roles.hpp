#pragma once
// The roles that the pack declares: what whoever holds one may do, and how far it reaches.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "api/permissions.hpp"
#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi::identity {

/// From the organisation where the role is held: with all below it, it alone, or nobody but
/// oneself.
enum class Reach { subtree, own, self };
BOOST_DESCRIBE_ENUM(Reach, subtree, own, self)

/// The three administrators (三员), who watch each other and see no member data.
enum class Separated { none, system, security, audit };
BOOST_DESCRIBE_ENUM(Separated, none, system, security, audit)

struct Role {
  std::string id;
  std::string zh;
  std::string en;
  api::PermissionSet permissions;
  Reach reach = Reach::subtree;
  Separated separated = Separated::none;
  bool two_factor = false;             // signs in with a second factor
  std::vector<std::string> may_grant;  // roles, at or below where this one is held

  const std::string& name(Language language) const { return language == Language::zh ? zh : en; }
};

class Roles {
 public:
  explicit Roles(std::vector<Role> roles) : roles_(std::move(roles)) {}

  /// The role of an id, or nullptr. Good as long as this object.
  const Role* find(std::string_view id) const;
  const std::vector<Role>& all() const { return roles_; }

 private:
  std::vector<Role> roles_;
};

/// Reads the text of a roles.toml. identity.roles_invalid (arguments: file, line, why) for what is
/// not such a file, for a permission or role that is unknown, for an administrator who would see
/// member data.
Result<Roles> parse_roles(std::string_view toml, std::string_view shown_as);

/// Reads the roles.toml of a pack; identity.roles_unreadable when it cannot be opened.
Result<Roles> load_roles(const std::filesystem::path& pack);

/// Whether one account may hold both at once: two different kinds of administrator never, and no
/// administrator together with a role that sees member data.
bool may_be_held_together(const Role& one, const Role& other);

}  // namespace jishi::identity
