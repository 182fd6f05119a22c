#pragma once
// Passwords are kept as Argon2id hashes (libsodium). Hashing takes memory and time by intent: few
// at once, few waiting.

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jishi::crypto {

/// What one hash costs; a hash made at another cost is made anew when its password is next known.
struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = std::size_t{19} * 1024 * 1024;
};

enum class PasswordVerdict { wrong, right, right_at_another_cost };

/// Makes and checks hashes. Thread-safe; a call waits while kAtOnce others are hashing, and is
/// refused with crypto.passwords_busy when kMaxWaiting wait already.
class PasswordHasher {
 public:
  static constexpr int kAtOnce = 2;
  static constexpr int kMaxWaiting = 32;

  explicit PasswordHasher(PasswordCost cost = {});

  /// A hash with a salt of its own, as text that names its method and cost.
  Result<std::string> hash(std::string_view password);

  Result<PasswordVerdict> check(const std::string& hash, std::string_view password);

  /// Takes the time of a check and finds the password wrong: for a name that nobody has.
  Result<PasswordVerdict> check_nobody(std::string_view password);

 private:
  class Turn;

  PasswordCost cost_;
  std::string nobody_;  // the hash of a password that nobody knows
  std::mutex mutex_;
  std::condition_variable left_;
  int running_ = 0;
  int waiting_ = 0;
};

}  // namespace jishi::crypto
