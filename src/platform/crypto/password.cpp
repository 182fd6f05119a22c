#include "platform/crypto/password.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

#include "platform/crypto/secret.hpp"

namespace jishi::crypto {

namespace {

Error busy() {
  return fail(ErrorKind::limited, "crypto.passwords_busy");
}

std::string hash_at(const PasswordCost& cost, std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes,
                            cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("no memory to hash a password");
  }
  return text.data();
}

}  // namespace

/// A place among those who hash now; none when too many wait already.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    if (hasher_.running_ >= kAtOnce) {
      if (hasher_.waiting_ >= kMaxWaiting) return;
      ++hasher_.waiting_;
      hasher_.left_.wait(lock, [&] { return hasher_.running_ < kAtOnce; });
      --hasher_.waiting_;
    }
    ++hasher_.running_;
    taken_ = true;
  }
  ~Turn() {
    if (!taken_) return;
    {
      const std::lock_guard lock(hasher_.mutex_);
      --hasher_.running_;
    }
    hasher_.left_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool taken() const { return taken_; }

 private:
  PasswordHasher& hasher_;
  bool taken_ = false;
};

PasswordHasher::PasswordHasher(PasswordCost cost) : cost_(cost) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  nobody_ = hash_at(cost_, random_bytes(32));
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  const Turn turn(*this);
  if (!turn.taken()) return busy();
  return hash_at(cost_, password);
}

Result<PasswordVerdict> PasswordHasher::check(const std::string& hash, std::string_view password) {
  const Turn turn(*this);
  if (!turn.taken()) return busy();
  if (crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) != 0) {
    return PasswordVerdict::wrong;
  }
  const bool same =
      crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory_bytes) == 0;
  return same ? PasswordVerdict::right : PasswordVerdict::right_at_another_cost;
}

Result<PasswordVerdict> PasswordHasher::check_nobody(std::string_view password) {
  const auto verdict = check(nobody_, password);
  if (!verdict) return verdict.error();
  return PasswordVerdict::wrong;
}

}  // namespace jishi::crypto
