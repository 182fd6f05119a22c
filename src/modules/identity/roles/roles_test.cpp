#include "modules/identity/roles/roles.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace jishi::identity {
namespace {

Roles roles_of_the_pack() {
  auto roles = load_roles(JISHI_SOURCE_DIR "/packs/party");
  if (!roles) throw std::runtime_error(roles.error().arguments.back().second);
  return std::move(*roles);
}

TEST(Roles, EveryPermissionIsHeldBySomeRole) {
  const Roles roles = roles_of_the_pack();
  ASSERT_GE(roles.all().size(), 12U);
  api::PermissionSet held;
  for (const Role& role : roles.all()) held = held | role.permissions;
  for (const api::PermissionEntry& entry : api::kPermissions) {
    EXPECT_TRUE(held.has(entry.name)) << entry.name << " is held by nobody";
  }
}

TEST(Roles, ThePackHasThreeAdministratorsWhoSeeNoMemberData) {
  const Roles roles = roles_of_the_pack();
  std::map<Separated, int> kinds;
  for (const Role& role : roles.all()) {
    ++kinds[role.separated];
    if (role.separated == Separated::none) continue;
    EXPECT_TRUE(role.two_factor) << role.id;
    EXPECT_FALSE(role.permissions.sees_member_data()) << role.id;
    for (const Role& other : roles.all()) {
      for (const std::string& granted : other.may_grant) EXPECT_NE(granted, role.id);
      if (other.id != role.id) {
        EXPECT_FALSE(may_be_held_together(role, other)) << role.id << ' ' << other.id;
      }
    }
  }
  EXPECT_EQ(kinds[Separated::system], 1);
  EXPECT_EQ(kinds[Separated::security], 1);
  EXPECT_EQ(kinds[Separated::audit], 1);
  EXPECT_TRUE(may_be_held_together(*roles.find("secretary"), *roles.find("member")));
}

TEST(Roles, NoAdministratorAloneCanSignInAsAnother) {
  const Roles roles = roles_of_the_pack();
  for (const Role& role : roles.all()) {
    EXPECT_FALSE(role.permissions.has("identity.manage_accounts") &&
                 (role.permissions.has("identity.reset_factors") ||
                  role.permissions.has("identity.grant_roles")))
        << role.id;
  }
}

TEST(Roles, RefusesWhatItCannotHoldTo) {
  constexpr std::string_view kHead = "[[role]]\nid='a'\nzh='甲'\nen='A'\n";
  const struct {
    std::string rest;
    const char* line;
    const char* why;
  } cases[] = {
      {"", "1", "permissions"},
      {"permissions=[]", "1", "permissions"},
      {"permissions='self.read'", "5", "list"},
      {"permissions=[3]", "5", "list"},
      {"permissions=['self.reed']", "5", "self.reed"},
      {"permissions=['self.read']\nreach='far'", "6", "reach"},
      {"permissions=['self.read']\nseparated='chief'", "6", "separated"},
      {"permissions=['self.read']\ntwo_factor='yes'", "6", "two_factor"},
      {"permissions=['self.read']\nmay_see='all'", "6", "may_see"},
      {"permissions=['self.read']\nseparated='audit'", "1", "administrator"},
      {"permissions=['registry.read']\nseparated='system'", "1", "administrator"},
      {"permissions=['identity.grant_roles']", "1", "may_grant"},
      {"permissions=['self.read']\nmay_grant=['a']", "1", "may_grant"},
      {"permissions=['identity.grant_roles']\nmay_grant=['b']", "1", "no role `b`"},
      {"permissions=['self.read']\n[[role]]\nid='a'\nzh='乙'\nen='B'\npermissions=['self.read']",
       "6", "twice"},
      {"permissions=[", "5", ""},
  };
  for (const auto& [rest, line, why] : cases) {
    const auto roles = parse_roles(std::string(kHead) + rest, "roles.toml");
    ASSERT_FALSE(roles.has_value()) << rest;
    EXPECT_EQ(roles.error().code, "identity.roles_invalid");
    EXPECT_EQ(roles.error().arguments[1].second, line) << rest;
    EXPECT_NE(roles.error().arguments[2].second.find(why), std::string::npos)
        << rest << ": " << roles.error().arguments[2].second;
  }
  EXPECT_EQ(parse_roles("", "x").error().code, "identity.roles_invalid");
  EXPECT_EQ(parse_roles("role=3", "x").error().code, "identity.roles_invalid");
  EXPECT_EQ(load_roles("/nowhere").error().code, "identity.roles_unreadable");
}

}  // namespace
}  // namespace jishi::identity
