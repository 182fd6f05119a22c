#pragma once
// API tokens: for programs that act as an account, with some of its permissions, for a time. Only
// the hash is kept.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "api/permissions.hpp"
#include "base/json.hpp"
#include "modules/identity/sessions/sessions.hpp"

namespace jishi::identity {

inline constexpr int kMaxTokenDays = 365;
inline constexpr int kMaxTokens = 20;  // of one account, that are good
inline constexpr std::size_t kMaxTokenName = 64;
inline constexpr std::string_view kTokenPrefix = "jishi_";

struct MakeToken {
  std::string name;
  std::vector<std::string> permissions;
  Date expires;  // its last day
};
BOOST_DESCRIBE_STRUCT(MakeToken, (), (name, permissions, expires))

struct TokenMade {
  Id id = kNoId;
  std::string token;  // shown once
};
BOOST_DESCRIBE_STRUCT(TokenMade, (), (id, token))

struct TokenShown {
  Id id = kNoId;
  std::string name;
  std::string permissions;  // separated by spaces
  std::int64_t made = 0;
  std::int64_t expires = 0;
  std::optional<std::int64_t> last_used;
};
BOOST_DESCRIBE_STRUCT(TokenShown, (), (id, name, permissions, made, expires, last_used))

struct GoodToken {
  Id id = kNoId;
  Id account = kNoId;
  api::PermissionSet permissions;
};

/// Thread-safe.
class Tokens {
 public:
  static constexpr std::size_t kMaxInMemory = 10'000;
  static constexpr int kMaxWritten = 1'000;  // last uses in one command

  explicit Tokens(Store& store) : store_(store) {}

  /// Makes a token of an account that holds what it is made for. Fails with
  /// identity.too_many_tokens.
  static Result<TokenMade> make(Transaction& tx, Id account, std::string_view name,
                                const std::vector<std::string>& permissions, std::int64_t expires);
  static bool revoke(Transaction& tx, Id account, Id token);

  /// The token that a request brings, if it is good; this counts as its use.
  std::optional<GoodToken> find(std::string_view text);

  /// As Sessions::ended().
  void ended(Id account);
  std::vector<TokenShown> list(Id account);
  /// Writes last uses of a minute and more.
  void keep_up();

 private:
  struct Entry {
    GoodToken token;
    std::int64_t expires = 0;
    std::atomic<std::int64_t> last_used{0};
    std::atomic<std::int64_t> written{0};
  };

  std::shared_ptr<Entry> load(const Hash& hash);

  Store& store_;
  BoundedCache<Hash, std::shared_ptr<Entry>, HashByFirstBytes> entries_{kMaxInMemory};
};

}  // namespace jishi::identity
