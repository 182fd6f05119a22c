#pragma once
// Sessions live in the store; a copy in memory answers every request. A browser holds a token of
// which only the hash is kept.

#include <atomic>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "ledger/store.hpp"
#include "modules/identity/scope/bounded_cache.hpp"
#include "modules/identity/sign_in/origin.hpp"

namespace jishi::identity {

/// How long a session lasts: without use, and at most.
struct SessionLimits {
  std::int64_t idle_ms = std::int64_t{30} * 60 * 1000;
  std::int64_t longest_ms = std::int64_t{12} * 60 * 60 * 1000;
};

/// A session as whoever owns it sees it in a list.
struct SessionShown {
  Id id = kNoId;
  std::int64_t made = 0;
  std::int64_t last_used = 0;
  std::string address;
  std::string agent;
  bool current = false;
};
BOOST_DESCRIBE_STRUCT(SessionShown, (), (id, made, last_used, address, agent, current))

struct OpenSession {
  Id id = kNoId;
  Id account = kNoId;
};

struct OpenedSession {
  Id id = kNoId;
  std::string token;
};

/// The hash by which a token that was handed out is known.
Hash token_hash(std::string_view token);

/// Hashes are spread evenly by themselves.
struct HashByFirstBytes {
  std::size_t operator()(const Hash& hash) const {
    std::size_t first = 0;
    std::memcpy(&first, hash.data(), sizeof first);
    return first;
  }
};

/// Thread-safe.
class Sessions {
 public:
  static constexpr std::size_t kMaxInMemory = 100'000;
  static constexpr int kMaxOfAccount = 20;  // the oldest gives way
  static constexpr std::int64_t kWriteEvery = 60'000;
  static constexpr int kMaxWritten = 1'000;  // last uses in one command

  Sessions(Store& store, SessionLimits limits) : store_(store) { limit(limits); }

  /// Makes a session. To be followed by ended() when the account had too many.
  static OpenedSession open(Transaction& tx, Id account, const Origin& origin);

  /// Gives a session another token, which is returned. To be followed by ended().
  static std::string renew(Transaction& tx, Id account, Id session);

  SessionLimits limits() const { return {idle_ms_, longest_ms_}; }

  /// Other limits from now on, of sessions that are open as well.
  void limit(SessionLimits limits) {
    idle_ms_ = limits.idle_ms;
    longest_ms_ = limits.longest_ms;
  }

  /// The session of a token, if it lasts; this counts as its use.
  std::optional<OpenSession> find(std::string_view token);

  /// Ends sessions in the store: one, or all of an account but `except`. Returns how many.
  static std::int64_t end(Transaction& tx, Id account, Id session);
  static std::int64_t end_all(Transaction& tx, Id account, Id except = kNoId);

  /// To be called once an end is durable: forgets what is in memory of an account (0: of all).
  void ended(Id account);

  /// As ended(), of one session, by its token.
  void left(std::string_view token);

  std::vector<SessionShown> list(Id account, Id current);

  /// Which of these sessions and tokens are good no more, or of an account that is not active.
  std::vector<Id> ended_of(const std::vector<Id>& credentials);

  /// Writes last uses of a minute and more, and deletes what has expired.
  void keep_up();

 private:
  struct Entry {
    Id id = kNoId;
    Id account = kNoId;
    std::int64_t made = 0;
    std::atomic<std::int64_t> last_used{0};
    std::atomic<std::int64_t> written{0};
  };
  bool lasts(const Entry& entry, std::int64_t now) const;
  std::shared_ptr<Entry> load(const Hash& token);

  Store& store_;
  std::atomic<std::int64_t> idle_ms_{0};
  std::atomic<std::int64_t> longest_ms_{0};
  BoundedCache<Hash, std::shared_ptr<Entry>, HashByFirstBytes> entries_{kMaxInMemory};
  std::atomic<std::int64_t> swept_{0};
};

}  // namespace jishi::identity
