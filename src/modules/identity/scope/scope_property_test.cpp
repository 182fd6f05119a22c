// Random trees, grants and moves: what the gate answers is what a plain walk over parents gives, at
// every step, and no account ever holds what may not be held together.

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "modules/identity/test_office.hpp"

namespace jishi::identity {
namespace {

constexpr std::array<const char*, 8> kRoles{"secretary",   "committee_member", "case_worker",
                                            "member",      "system_admin",     "security_admin",
                                            "audit_admin", "auditor"};
constexpr std::array<const char*, 6> kAsked{"registry.read", "registry.write",
                                            "self.read",     "audit.read",
                                            "system.manage", "identity.grant_roles"};

struct HeldRole {
  Id grant = kNoId;
  std::string role;
  Id at = kNoId;
};

/// The same world twice: in the store, and as plain maps.
class World {
 public:
  explicit World(unsigned seed) : random_(seed) {
    for (int i = 0; i < 3; ++i) {
      const std::string login = "user" + std::to_string(i);
      accounts_.push_back(office_.enrol(login));
      callers_.push_back(office_.caller(login));
      callers_.back().allowed = api::PermissionSet::all();  // as if the second factor were set up
    }
    found();
  }

  void act() {
    switch (below(10)) {
      case 0:
      case 1: found(); break;
      case 2: join(); break;
      case 3:
      case 4: move(); break;
      case 5: transfer(); break;
      case 6: end(); break;
      default: grant(); break;
    }
  }

  void check() {
    for (std::size_t user = 0; user < accounts_.size(); ++user) {
      for (const char* permission : kAsked) {
        check_organisations(user, permission);
        check_persons(user, permission);
      }
      check_separation(user);
    }
  }

 private:
  int below(std::size_t limit) { return static_cast<int>(random_() % limit); }
  Id any() { return organisations_[static_cast<std::size_t>(below(organisations_.size()))]; }
  Id any_or_all() { return below(4) == 0 ? kNoId : any(); }

  void found() {
    if (organisations_.size() >= 12) return;
    const Id parent = organisations_.empty() ? kNoId : any_or_all();
    const Id made = office_.found("O" + std::to_string(organisations_.size()), parent);
    organisations_.push_back(made);
    parent_[made] = parent;
  }

  void join() {
    if (home_.size() >= 6) return;
    const Id home = any();
    home_[office_.join("P" + std::to_string(home_.size()), home)] = home;
  }

  void transfer() {
    if (home_.empty()) return;
    auto person = std::next(home_.begin(), below(home_.size()));
    const Id to = any();
    if (to == person->second) return;
    office_.transfer(person->first, to);
    person->second = to;
  }

  void move() {
    const Id child = any();
    const Id parent = any_or_all();
    registry::MoveOrganisation command;
    command.organisation = child;
    command.parent = parent;
    if (registry::move_organisation(*office_.store, Actor{7}, command)) parent_[child] = parent;
  }

  void grant() {
    const auto user = static_cast<std::size_t>(below(accounts_.size()));
    GrantRole asked;
    asked.account = accounts_[user];
    asked.role = kRoles[static_cast<std::size_t>(below(kRoles.size()))];
    asked.organisation = registry::Reference(any_or_all());
    if (const auto made = office_->grant_role(owner(), asked)) {
      held_[user].push_back({made->id, made->role, made->organisation});
    }
  }

  void end() {
    const auto user = static_cast<std::size_t>(below(accounts_.size()));
    auto& held = held_[user];
    if (held.empty()) return;
    const auto one = held.begin() + below(held.size());
    must(office_->end_grant(owner(), one->grant));
    held.erase(one);
  }

  bool under(Id ancestor, Id organisation) const {
    for (Id at = organisation; at != kNoId; at = parent_.at(at)) {
      if (at == ancestor) return true;
    }
    return ancestor == kNoId;
  }

  bool expected(std::size_t user, std::string_view permission, Id organisation) {
    for (const HeldRole& held : held_[user]) {
      const Role& role = *office_->roles().find(held.role);
      if (!role.permissions.has(permission) || role.reach == Reach::self) continue;
      if (role.reach == Reach::own ? held.at == organisation : under(held.at, organisation))
        return true;
    }
    return false;
  }

  void check_organisations(std::size_t user, const char* permission) {
    const auto places = office_->places(callers_[user], permission);
    for (const Id organisation : organisations_) {
      const bool may = expected(user, permission, organisation);
      ASSERT_EQ(office_->may(callers_[user], permission, organisation), may) << permission;
      const bool placed = std::any_of(places.begin(), places.end(),
                                      [&](Id place) { return under(place, organisation); });
      ASSERT_TRUE(may || !placed) << "a place with something below that is out of scope";
    }
    for (const Id place : places) {
      for (const Id other : places) ASSERT_TRUE(place == other || !under(place, other));
    }
    // Where every role reaches below, the places are all of the scope.
    for (const HeldRole& held : held_[user]) {
      if (office_->roles().find(held.role)->reach == Reach::own) return;
    }
    for (const Id organisation : organisations_) {
      const bool placed = std::any_of(places.begin(), places.end(),
                                      [&](Id place) { return under(place, organisation); });
      ASSERT_EQ(placed, expected(user, permission, organisation)) << permission;
    }
  }

  void check_persons(std::size_t user, const char* permission) {
    for (const auto& [person, home] : home_) {
      ASSERT_EQ(office_->may_see_person(callers_[user], permission, person),
                expected(user, permission, home))
          << permission;
    }
  }

  void check_separation(std::size_t user) {
    std::set<Separated> kinds;
    bool sees = false;
    for (const HeldRole& held : held_[user]) {
      const Role& role = *office_->roles().find(held.role);
      if (role.separated != Separated::none) kinds.insert(role.separated);
      sees = sees || role.permissions.sees_member_data();
    }
    ASSERT_LE(kinds.size(), 1U);
    ASSERT_TRUE(kinds.empty() || !sees);
    if (kinds.empty()) return;
    for (const auto& [person, home] : home_) {
      for (const api::PermissionEntry& entry : api::kPermissions) {
        if (!entry.member_data) continue;
        ASSERT_FALSE(office_->may_see_person(callers_[user], entry.name, person)) << entry.name;
      }
    }
  }

  std::mt19937 random_;
  Office office_;
  std::vector<Id> accounts_;
  std::vector<api::Caller> callers_;
  std::vector<Id> organisations_;
  std::map<Id, Id> parent_;
  std::map<Id, Id> home_;  // of a person
  std::map<std::size_t, std::vector<HeldRole>> held_;
};

class ScopeProperty : public testing::TestWithParam<unsigned> {};

TEST_P(ScopeProperty, IsWhatAPlainWalkGives) {
  World world(GetParam());
  for (int step = 0; step < 120; ++step) {
    world.act();
    world.check();
    if (HasFailure()) FAIL() << "step " << step;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ScopeProperty, testing::Range(1U, 11U));

}  // namespace
}  // namespace jishi::identity
