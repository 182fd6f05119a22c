#pragma once
// Who has how many connections open, and how fast requests come.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace jishi::http {

/// What counts as one peer: an IPv4 address, the 64-bit network of an IPv6 one. What is no address
/// stands for itself.
std::string peer_of(const std::string& address);

/// Connections in all and by address. Thread-safe.
class ConnectionCount {
 public:
  ConnectionCount(std::size_t most, std::size_t most_of_address)
      : most_(most), most_of_address_(most_of_address) {}

  bool enter(const std::string& peer);
  void leave(const std::string& peer);
  std::size_t count() const;

 private:
  const std::size_t most_;
  const std::size_t most_of_address_;
  mutable std::mutex mutex_;
  std::size_t all_ = 0;
  std::unordered_map<std::string, std::size_t> by_address_;
};

/// Bytes that all connections together may hold in memory. Thread-safe.
class Budget {
 public:
  explicit Budget(std::uint64_t most) : most_(most) {}

  bool take(std::uint64_t bytes);
  void give(std::uint64_t bytes);
  std::uint64_t taken() const { return taken_; }

 private:
  const std::uint64_t most_;
  std::atomic<std::uint64_t> taken_{0};
};

/// One connection's part of a budget, given back with it.
class Share {
 public:
  explicit Share(Budget& budget) : budget_(budget) {}
  ~Share() { give_back(); }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  bool add(std::uint64_t bytes);
  void give_back();

 private:
  Budget& budget_;
  std::uint64_t held_ = 0;
};

/// A bucket of tokens for each key, filled at a rate, holding ten seconds' worth and one at least.
/// Thread-safe.
template <class Key>
class Buckets {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kMaxKeys = 100'000;
  static constexpr double kBurstSeconds = 10;

  explicit Buckets(double per_second) : per_second_(per_second) {}

  /// Whether a request may come in now. At rate 0 all may.
  bool take(const Key& key, Clock::time_point now) {
    if (per_second_ <= 0) return true;
    const double most = std::max(1.0, per_second_ * kBurstSeconds);
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= kMaxKeys) forget_full(now);
    Bucket& bucket = buckets_.try_emplace(key, Bucket{most, now}).first->second;
    const std::chrono::duration<double> passed = now - bucket.filled;
    bucket.tokens = std::min(most, bucket.tokens + passed.count() * per_second_);
    bucket.filled = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /// After how many seconds whoever was not let in may come again.
  int wait_s() const { return per_second_ <= 0 ? 0 : static_cast<int>(std::ceil(1 / per_second_)); }

 private:
  struct Bucket {
    double tokens = 0;
    Clock::time_point filled;
  };

  // Whose bucket is full again is as good as new.
  void forget_full(Clock::time_point now) {
    const std::chrono::duration<double> burst(std::max(kBurstSeconds, 1 / per_second_));
    std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.filled > burst; });
    if (buckets_.size() >= kMaxKeys) buckets_.clear();
  }

  const double per_second_;
  std::mutex mutex_;
  std::unordered_map<Key, Bucket> buckets_;
};

/// How fast requests of an address may come.
class RequestRate {
 public:
  using Clock = Buckets<std::string>::Clock;
  static constexpr std::size_t kMaxAddresses = Buckets<std::string>::kMaxKeys;
  static constexpr double kBurstSeconds = Buckets<std::string>::kBurstSeconds;

  explicit RequestRate(double per_second) : buckets_(per_second) {}

  bool take(const std::string& address, Clock::time_point now) {
    return buckets_.take(peer_of(address), now);
  }
  int wait_s() const { return buckets_.wait_s(); }

 private:
  Buckets<std::string> buckets_;
};

}  // namespace jishi::http
