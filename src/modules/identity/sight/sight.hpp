#pragma once
// To see the pages as another account would: for a while, reading only, and never more than both
// of them may. A session looks; its own account stays the one that asks.

#include <atomic>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/store.hpp"

namespace jishi::identity {

inline constexpr int kMaxSightMinutes = 30;
inline constexpr int kUsualSightMinutes = 15;
/// Sights that run at once, of all sessions.
inline constexpr int kMaxSights = 1'000;
inline constexpr int kMaxSightsShown = 200;
/// Accounts that a search for one to see as looks at, and how many it finds.
inline constexpr int kMaxSeenLookedAt = 2'000;
inline constexpr int kMaxSeenFound = 20;

struct BeginSight {
  Id account = kNoId;  // to see as whom
  std::string purpose;
  std::optional<int> minutes;  // kUsualSightMinutes
};
BOOST_DESCRIBE_STRUCT(BeginSight, (), (account, purpose, minutes))

/// identity.purpose_length, sight_minutes; pure.
std::optional<Error> refuse_sight(const BeginSight& asked);

struct RunningSight {
  Id id = kNoId;
  Id session = kNoId;
  Id account = kNoId;
  Id seen = kNoId;
  std::int64_t expires = 0;
};
BOOST_DESCRIBE_STRUCT(RunningSight, (), (id, session, account, seen, expires))

struct SightShown {
  Id id = kNoId;
  Id account = kNoId;  // who looked
  std::string account_name;
  Id seen = kNoId;  // as whom
  std::string seen_name;
  std::string purpose;
  std::int64_t made = 0;
  std::int64_t expires = 0;
  std::optional<std::int64_t> ended;
};
BOOST_DESCRIBE_STRUCT(SightShown, (),
                      (id, account, account_name, seen, seen_name, purpose, made, expires, ended))

/// An account that the caller may see as.
struct SeenAccount {
  Id account = kNoId;
  std::string login;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(SeenAccount, (), (account, login, name))

/// The sights that run, in memory: every request asks. Thread-safe.
class Sights {
 public:
  explicit Sights(Store& store) : store_(store) {}

  /// Reads which run; after each that begins or ends, and now and then for other processes.
  void read_anew();

  /// The sight of a session, while it runs.
  std::optional<RunningSight> of(Id session) const;

  /// The sight of this id, while it runs.
  std::optional<RunningSight> by_id(Id id) const;

 private:
  using BySession = std::unordered_map<Id, RunningSight>;

  Store& store_;
  std::atomic<bool> any_{false};
  mutable std::shared_mutex mutex_;
  BySession running_;
};

}  // namespace jishi::identity
