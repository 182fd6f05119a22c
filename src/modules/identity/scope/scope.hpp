#pragma once
// Where a permission reaches: the one decision of the program about who may see and do what.
// Answers come from memory; the ledger says when they no longer hold.

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/caller.hpp"
#include "modules/identity/scope/bounded_cache.hpp"
#include "modules/identity/scope/standing.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::identity {

class Scope {
 public:
  static constexpr std::size_t kMaxLines = 65'536;
  static constexpr std::size_t kMaxAccounts = 65'536;
  static constexpr std::size_t kMaxPersons = 262'144;
  /// Facts that are looked at one by one; after more, everything is read anew.
  static constexpr std::int64_t kMaxFollowed = 20'000;

  Scope(Store& store, const Roles& roles);

  // What api::Gate promises.
  bool may(const api::Caller& caller, api::Permission permission, Id organisation);
  bool may_somewhere(const api::Caller& caller, api::Permission permission);
  std::vector<api::Place> places(const api::Caller& caller, api::Permission permission);
  bool covers(const api::Caller& caller, api::Permission permission, const api::Place& place);
  bool may_see_person(const api::Caller& caller, api::Permission permission, Id person);
  Id person_now(Id person);

  /// Whether the caller holds a role that grants this one, at the organisation or above it.
  bool may_grant(const api::Caller& caller, std::string_view role, Id organisation,
                 std::string_view structure);

  /// The same, wherever it is.
  bool may_grant_somewhere(const api::Caller& caller, std::string_view role);

  /// An account as it stands; nullptr where there is none. In line with all that is durable.
  std::shared_ptr<const AccountStanding> standing_of(Id account);

  /// Whether after a fact of this kind organisations may stand elsewhere.
  static bool moves_places(FactKind kind);

  /// Brings what is kept in memory in line with the ledger, as far as this process knows it. Cheap
  /// when nothing happened. Called by every question above.
  void follow();
  /// As follow(), after reading how far the ledger has come: other processes write it, too.
  void follow_others();

  /// Called, in follow(), with an account whose sessions may have ended: 0 stands for any.
  void on_sessions_ended(std::function<void(Id account)> told) {
    sessions_ended_ = std::move(told);
  }

 private:
  using Line = std::shared_ptr<const std::vector<Id>>;
  struct LineKey {
    std::string structure;
    Id organisation = kNoId;
    friend bool operator==(const LineKey&, const LineKey&) = default;
  };
  struct LineKeyHash {
    std::size_t operator()(const LineKey& key) const {
      return std::hash<Id>()(key.organisation) ^ std::hash<std::string>()(key.structure);
    }
  };

  template <class Reaches>
  bool grants(const api::Caller& caller, std::string_view role, Reaches reaches);
  void follow_to(std::int64_t seq);
  void drop_all();
  Line line_above(const std::string& structure, Id organisation);
  registry::Whereabouts whereabouts(Id person);
  bool reaches(const Holding& holding, Id organisation);
  /// Whether a role held in another structure than the Party's does not carry a permission there.
  bool stands_beside(const Holding& holding, unsigned permission, Id organisation);
  bool holds_somewhere(const AccountStanding& standing, unsigned permission, Reach at_most) const;
  std::vector<api::Place> held_places(const AccountStanding& standing, unsigned permission);
  bool covers(const api::Place& other, const api::Place& place);
  bool has_access(const AccountStanding& standing, Id person) const;

  Store& store_;
  const Roles& roles_;
  BoundedCache<LineKey, Line, LineKeyHash> lines_{kMaxLines};
  BoundedCache<Id, std::shared_ptr<const AccountStanding>> accounts_{kMaxAccounts};
  BoundedCache<Id, registry::Whereabouts> persons_{kMaxPersons};
  std::function<void(Id)> sessions_ended_;

  std::mutex following_;
  std::atomic<std::int64_t> followed_{0};
};

}  // namespace jishi::identity
