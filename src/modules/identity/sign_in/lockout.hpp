#pragma once
// Guessing is made slow without giving anyone the means to keep another out: failures are counted
// where they come from, and a device an account signed in from before is counted by itself.

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/hash.hpp"

namespace jishi::identity {

struct Failures {
  int count = 0;
  std::int64_t last_ms = 0;
};

/// Failures before delays begin: of one name (or device) from one range, of any name from one
/// address, of codes after the right password.
inline constexpr int kFreeOfName = 5;
inline constexpr int kFreeOfAddress = 30;
inline constexpr std::int64_t kLongestDelayMs = std::int64_t{15} * 60 * 1000;
/// After so long without another, failures are forgotten.
inline constexpr std::int64_t kForgottenAfterMs = std::int64_t{60} * 60 * 1000;

/// What is known of an attempt when it is made.
struct Attempt {
  bool known_device = false;  // brings the token of a device the account signed in from
  bool known_range = false;   // comes from a range the account signed in from
  Failures of_device;         // from this device
  Failures of_name;           // of this login name from this range
  Failures of_address;        // of any name from this address
};

/// How long the attempt has to wait; 0: it may be made now. Pure. From a known device only its own
/// failures count; from a known range those of others at the same address do not.
std::int64_t delay_of(const Attempt& attempt, std::int64_t now_ms);

/// Where an attempt comes from, and whose it is.
struct AttemptKeys {
  bool known_device = false;
  bool known_range = false;
  Hash device{};
  Hash name{};
  Hash address{};
};

/// Failures in memory, bounded. Thread-safe.
class Lockout {
 public:
  static constexpr std::size_t kMaxKeys = 100'000;

  /// Counts an attempt as failed before it is made, so that many at once gain nothing; or the
  /// milliseconds that it has to wait.
  std::int64_t begin(const AttemptKeys& keys, std::int64_t now_ms);

  /// The attempt was right: what was counted of this name or device is forgotten.
  void succeeded(const AttemptKeys& keys);

  /// The attempt came to nothing either way: takes back what begin() counted.
  void withdraw(const AttemptKeys& keys);

 private:
  struct ByFirstBytes {
    std::size_t operator()(const Hash& hash) const;
  };

  Failures of(const Hash& key, std::int64_t now_ms) const;
  void add(const Hash& key, std::int64_t now_ms);
  void give_back(const Hash& key);
  void make_room();

  std::mutex mutex_;
  std::unordered_map<Hash, Failures, ByFirstBytes> failures_;
};

}  // namespace jishi::identity
