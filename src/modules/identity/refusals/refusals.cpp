#include "modules/identity/refusals/refusals.hpp"

#include <boost/json.hpp>

namespace jishi::identity {

Refusals::Refusals(Store& store) : store_(store) {
  thread_ = std::thread([this] { work(); });
}

Refusals::~Refusals() {
  {
    const std::lock_guard lock(mutex_);
    take_counts(-1);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Refusals::note(Refusal refusal) {
  if (refusal.route.size() > kMaxRoute) refusal.route.resize(kMaxRoute);
  const std::int64_t minute = store_.clock().now_ms() / kMinuteMs;
  {
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= kMaxAtOnce && !counts_.contains(refusal)) {
      refusal = {refusal.kind, kNoId, kNoId, {}};
    }
    const auto [at, fresh] = counts_.try_emplace(refusal, Count{minute, 0});
    if (!fresh && at->second.minute == minute) {
      ++at->second.more;
      return;
    }
    const std::int64_t before = at->second.more;
    at->second = {minute, 0};
    add(std::move(refusal), before + 1);
  }
  changed_.notify_all();
}

void Refusals::keep_up() {
  {
    const std::lock_guard lock(mutex_);
    take_counts(store_.clock().now_ms() / kMinuteMs);
  }
  changed_.notify_all();
}

void Refusals::drain() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.empty() && !writing_; });
}

void Refusals::take_counts(std::int64_t but_of_minute) {
  for (auto at = counts_.begin(); at != counts_.end();) {
    if (at->second.minute == but_of_minute) {
      ++at;
      continue;
    }
    if (at->second.more > 0) add(at->first, at->second.more);
    at = counts_.erase(at);
  }
}

void Refusals::add(Refusal refusal, std::int64_t count) {
  if (waiting_.size() >= kMaxAtOnce && !waiting_.contains(refusal)) {
    refusal = {refusal.kind, kNoId, kNoId, {}};
  }
  waiting_[std::move(refusal)] += count;
}

void Refusals::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const bool last = stopping_;
    Counted counted;
    counted.swap(waiting_);
    writing_ = true;
    lock.unlock();
    const bool written = write(counted);
    lock.lock();
    writing_ = false;
    changed_.notify_all();
    if (written || last) continue;
    for (auto& [refusal, count] : counted) add(refusal, count);
    changed_.wait_for(lock, std::chrono::milliseconds(kAgainAfterMs), [&] { return stopping_; });
  }
}

bool Refusals::write(const Counted& counted) {
  try {
    const auto written = store_.write({}, [&](Transaction& tx) -> Result<Done> {
      for (const auto& [refusal, count] : counted) {
        const std::string payload =
            refusal.route.empty()
                ? std::string()
                : boost::json::serialize(boost::json::object{{"route", refusal.route}});
        tx.fact(refusal.kind, store_.clock().today(), kNoId,
                {refusal.person, refusal.account, count, payload});
      }
      return Done{};
    });
    return written.has_value();
  } catch (const std::exception&) {
    return false;  // the store is away: it is tried again
  }
}

}  // namespace jishi::identity
