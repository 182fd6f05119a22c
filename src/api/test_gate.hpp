#pragma once
// A gate for tests of this layer, which knows no roles.

#include <map>
#include <set>

#include "api/caller.hpp"

namespace jishi::api {

/// Who may what where, as a test says it.
class TestGate final : public Gate {
 public:
  std::map<Id, std::vector<std::pair<std::string, Place>>> held;
  std::set<Id> disabled;

  /// By a header `account`; a stranger without it.
  Result<Caller> caller(const http::Request& request) override {
    Caller caller;
    if (const auto account = request.header("account"))
      caller.account = std::stoll(std::string(*account));
    return caller;
  }
  std::optional<Caller> caller_again(Id account, PermissionSet allowed) override {
    if (disabled.contains(account)) return std::nullopt;
    Caller caller;
    caller.account = account;
    caller.allowed = allowed;
    return caller;
  }
  bool may(const Caller& caller, Permission permission, Id organisation) override {
    return covers(caller, permission, {organisation, "party", false});
  }
  bool may_somewhere(const Caller& caller, Permission permission) override {
    return !scope(caller, permission).empty();
  }
  std::vector<Id> places(const Caller&, Permission) override { return {}; }
  std::vector<Place> scope(const Caller& caller, Permission permission) override {
    std::vector<Place> places;
    if (!caller.allowed.has(permission)) return places;
    for (const auto& [name, place] : held[caller.account]) {
      if (name == permission) places.push_back(place);
    }
    return places;
  }
  bool covers(const Caller& caller, Permission permission, const Place& place) override {
    const auto places = scope(caller, permission);
    return std::any_of(places.begin(), places.end(), [&](const Place& own) {
      return own.organisation == place.organisation && (own.below || !place.below);
    });
  }
  bool may_see_person(const Caller&, Permission, Id) override { return false; }
  std::vector<Id> ended_of(const std::vector<Id>&) override { return {}; }
  bool changes_standing(FactKind) const override { return false; }
  bool moves_places(FactKind) const override { return true; }
  Id person_now(Id person) override { return person; }

  void give(Id account, const std::string& permission, Id organisation, bool below = true) {
    held[account].push_back({permission, {organisation, "party", below}});
  }
};

}  // namespace jishi::api
