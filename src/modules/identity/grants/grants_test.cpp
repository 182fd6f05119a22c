#include "modules/identity/grants/grants.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

#include "modules/identity/test_office.hpp"

namespace jishi::identity {
namespace {

GrantRole asked_of(Id account, const char* role, registry::Reference organisation = {}) {
  GrantRole asked;
  asked.account = account;
  asked.role = role;
  asked.organisation = std::move(organisation);
  return asked;
}

TEST(Grants, RefusesWhatMakesNoSense) {
  Office office;
  office.found("A");
  const Id wang = office.enrol("wang");
  const Date today = office.store.clock.today();
  const auto refusal = [&](const GrantRole& asked) {
    return code_of(office->grant_role(owner(), asked));
  };
  EXPECT_EQ(refusal(asked_of(99, "secretary", "A")), "identity.account_unknown");
  EXPECT_EQ(refusal(asked_of(wang, "king", "A")), "identity.role_unknown");
  EXPECT_EQ(refusal(asked_of(wang, "secretary", "Z")), "registry.not_found");
  EXPECT_EQ(refusal(asked_of(wang, "committee_member")), "identity.organisation_needed");
  auto asked = asked_of(wang, "secretary", "A");
  asked.from = today - std::chrono::days(1);
  EXPECT_EQ(refusal(asked), "identity.grant_days");
  asked.from = today + std::chrono::days(2);
  asked.until = today + std::chrono::days(1);
  EXPECT_EQ(refusal(asked), "identity.grant_days");
  asked.until = asked.from;
  EXPECT_EQ(refusal(asked), "");
  EXPECT_EQ(refusal(asked), "identity.already_granted");
  must(office->set_enabled(owner(), wang, false));
  EXPECT_EQ(refusal(asked_of(wang, "auditor", "A")), "identity.account_is_disabled");
}

TEST(Grants, AdministratorsAreSeparateFromEachOtherAndFromMemberData) {
  Office office;
  office.found("A");
  const Id admin = office.enrol("admin");
  office.grant(admin, "system_admin");
  for (const char* role : {"security_admin", "audit_admin", "secretary", "member", "auditor"}) {
    EXPECT_EQ(code_of(office->grant_role(owner(), asked_of(admin, role, "A"))),
              "identity.roles_separated")
        << role;
  }
  // Not on one day, but one after the other.
  auto later = asked_of(office.enrol("li"), "system_admin");
  later.until = office.store.clock.today();
  must(office->grant_role(owner(), later));
  auto next = asked_of(later.account, "secretary", "A");
  EXPECT_EQ(code_of(office->grant_role(owner(), next)), "identity.roles_separated");
  next.from = *later.until + std::chrono::days(1);
  EXPECT_EQ(code_of(office->grant_role(owner(), next)), "");
}

TEST(Grants, AreGivenThereAndBelowByWhoeverAdministers) {
  Office office;
  office.found("EAST");
  office.found("WEST");
  office.found("E1", "EAST");
  const Id security = office.enrol("security");
  const Id wang = office.enrol("wang");
  const Id li = office.enrol("li");
  office.grant(security, "security_admin", "EAST");
  office.grant(wang, "secretary", "EAST");
  auto caller = office.caller("security");
  EXPECT_EQ(code_of(office->grant_role(caller, asked_of(li, "secretary", "E1"))),
            "identity.second_factor_first");
  // As if the second factor were set up.
  caller.must_enrol = false;
  caller.allowed = api::PermissionSet::all();
  EXPECT_EQ(code_of(office->grant_role({}, asked_of(li, "secretary", "E1"))),
            "identity.sign_in_first");
  EXPECT_EQ(code_of(office->grant_role(office.caller("wang"), asked_of(li, "member", "E1"))),
            "identity.not_permitted");
  for (const auto& asked :
       {asked_of(li, "secretary", "WEST"), asked_of(li, "secretary"), asked_of(li, "audit_admin"),
        asked_of(li, "security_admin", "E1"), asked_of(security, "secretary", "E1")}) {
    EXPECT_EQ(code_of(office->grant_role(caller, asked)), "identity.may_not_grant") << asked.role;
  }
  const Grant grant = must(office->grant_role(caller, asked_of(li, "secretary", "E1")));
  EXPECT_EQ(grant.made_by, security);
  const Grant above = office.grant(li, "auditor", "WEST");
  EXPECT_EQ(code_of(office->end_grant(caller, above.id)), "identity.grant_unknown");
  EXPECT_EQ(code_of(office->end_grant(caller, grant.id)), "");
}

// Any list of grants that were not refused, in any order and on any days: on no day does it hold
// what may not be held together.
TEST(RefuseGrant, NoDayHoldsWhatMustBeSeparate) {
  const Roles roles = must(load_roles(JISHI_SOURCE_DIR "/packs/party"));
  const Date start = *make_date(2026, 1, 1);
  std::mt19937 random(1);
  const auto below = [&](std::size_t limit) { return static_cast<int>(random() % limit); };
  int taken = 0;
  int refused = 0;
  for (int world = 0; world < 300; ++world) {
    std::vector<Grant> held;
    for (int i = 0; i < 12; ++i) {
      Grant grant;
      grant.id = i;
      grant.role = roles.all()[static_cast<std::size_t>(below(roles.all().size()))].id;
      grant.organisation = below(3);
      grant.structure = "party";
      grant.from = start + std::chrono::days(below(20));
      if (below(3) != 0) grant.to = grant.from + std::chrono::days(1 + below(10));
      const bool no = refuse_grant(roles, held, grant).has_value();
      ++(no ? refused : taken);
      if (!no) held.push_back(grant);
    }
    for (int offset = 0; offset < 40; ++offset) {
      const Date day = start + std::chrono::days(offset);
      for (const Grant& one : held) {
        for (const Grant& other : held) {
          const auto on = [&](const Grant& grant) {
            return grant.from <= day && (!grant.to || day < *grant.to);
          };
          if (!on(one) || !on(other)) continue;
          ASSERT_TRUE(may_be_held_together(*roles.find(one.role), *roles.find(other.role)))
              << one.role << ' ' << other.role;
        }
      }
    }
  }
  EXPECT_GT(taken, 500);
  EXPECT_GT(refused, 500);
}

// What one pack allowed together another one separates: the account is left with nothing.
TEST(Grants, APackThatSeparatesLaterTakesAllFromWhoeverHoldsBoth) {
  const std::filesystem::path pack = JISHI_SOURCE_DIR "/packs/party";
  const auto lax = std::filesystem::temp_directory_path() / fmt::format("jishi-lax-{}", ::getpid());
  std::filesystem::create_directories(lax);
  {
    std::ifstream from(pack / "roles.toml");
    std::ofstream to(lax / "roles.toml");
    for (std::string line; std::getline(from, line);) {
      if (!line.starts_with("separated")) to << line << '\n';
    }
  }
  Office office;
  const Id branch = office.found("A");
  const Id wang = office.enrol("wang");
  IdentityOptions options;
  options.password_cost = {1, 8192};
  const auto over = [&](const std::filesystem::path& folder) {
    options.pack = folder;
    return must(Identity::open(*office.store, options));
  };
  const auto before = over(lax);
  std::filesystem::remove_all(lax);
  for (const char* role : {"secretary", "system_admin"}) {
    GrantRole asked;
    asked.account = wang;
    asked.role = role;
    if (role == std::string_view("secretary")) asked.organisation = registry::Reference("A");
    must(before->grant_role(owner(), asked));
  }
  api::Caller caller;
  caller.account = wang;
  EXPECT_TRUE(before->may(caller, "registry.read", branch));
  EXPECT_TRUE(before->may_somewhere(caller, "system.manage"));
  const auto after = over(pack);
  EXPECT_FALSE(after->may(caller, "registry.read", branch));
  EXPECT_FALSE(after->may_somewhere(caller, "system.manage"));
}

}  // namespace
}  // namespace jishi::identity
