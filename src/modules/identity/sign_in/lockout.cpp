#include "modules/identity/sign_in/lockout.hpp"

#include <cstring>

namespace jishi::identity {

namespace {

constexpr int kMostDoublings = 10;

// One second, doubled with every failure beyond the free ones.
std::int64_t delay(const Failures& failures, int free, std::int64_t now_ms) {
  if (failures.count < free) return 0;
  const int doublings = std::min(failures.count - free, kMostDoublings);
  const std::int64_t pause = std::min((std::int64_t{1} << doublings) * 1000, kLongestDelayMs);
  return std::max<std::int64_t>(failures.last_ms + pause - now_ms, 0);
}

}  // namespace

std::int64_t delay_of(const Attempt& attempt, std::int64_t now_ms) {
  if (attempt.known_device) return delay(attempt.of_device, kFreeOfName, now_ms);
  const std::int64_t of_name = delay(attempt.of_name, kFreeOfName, now_ms);
  if (attempt.known_range) return of_name;
  return std::max(of_name, delay(attempt.of_address, kFreeOfAddress, now_ms));
}

std::size_t Lockout::ByFirstBytes::operator()(const Hash& hash) const {
  std::size_t first = 0;
  std::memcpy(&first, hash.data(), sizeof first);
  return first;
}

std::int64_t Lockout::begin(const AttemptKeys& keys, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  const Attempt attempt{keys.known_device, keys.known_range, of(keys.device, now_ms),
                        of(keys.name, now_ms), of(keys.address, now_ms)};
  const std::int64_t wait = delay_of(attempt, now_ms);
  if (wait > 0) return wait;
  if (keys.known_device) {
    add(keys.device, now_ms);
  } else {
    add(keys.name, now_ms);
    add(keys.address, now_ms);
  }
  return 0;
}

void Lockout::succeeded(const AttemptKeys& keys) {
  const std::lock_guard lock(mutex_);
  failures_.erase(keys.known_device ? keys.device : keys.name);
  if (!keys.known_device) give_back(keys.address);
}

void Lockout::withdraw(const AttemptKeys& keys) {
  const std::lock_guard lock(mutex_);
  if (keys.known_device) {
    give_back(keys.device);
  } else {
    give_back(keys.name);
    give_back(keys.address);
  }
}

Failures Lockout::of(const Hash& key, std::int64_t now_ms) const {
  const auto found = failures_.find(key);
  if (found == failures_.end() || now_ms - found->second.last_ms >= kForgottenAfterMs) return {};
  return found->second;
}

void Lockout::add(const Hash& key, std::int64_t now_ms) {
  const Failures before = of(key, now_ms);
  if (failures_.size() >= kMaxKeys) make_room();
  failures_[key] = {before.count + 1, now_ms};
}

void Lockout::give_back(const Hash& key) {
  const auto found = failures_.find(key);
  if (found != failures_.end() && --found->second.count <= 0) failures_.erase(found);
}

// The quarter that failed longest ago goes: a flood of new names does not wash out those that fail
// now.
void Lockout::make_room() {
  std::vector<std::int64_t> times;
  times.reserve(failures_.size());
  for (const auto& [key, failures] : failures_) times.push_back(failures.last_ms);
  const auto quarter = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 4);
  std::nth_element(times.begin(), quarter, times.end());
  const std::int64_t edge = *quarter;
  std::size_t most = failures_.size() / 4 + 1;
  for (auto at = failures_.begin(); at != failures_.end() && most > 0;) {
    if (at->second.last_ms <= edge) {
      at = failures_.erase(at);
      --most;
    } else {
      ++at;
    }
  }
}

}  // namespace jishi::identity
