#include "modules/identity/refusals/refusals.hpp"

#include <boost/json.hpp>

namespace jishi::identity {

void Refusals::note(Refusal refusal) {
  if (refusal.route.size() > kMaxRoute) refusal.route.resize(kMaxRoute);
  const std::int64_t minute = store_.clock().now_ms() / kMinuteMs;
  std::vector<std::pair<Refusal, std::int64_t>> facts;
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
    if (at->second.more > 0) facts.emplace_back(refusal, at->second.more);
    at->second = {minute, 0};
    facts.emplace_back(std::move(refusal), 1);
  }
  write(facts);
}

void Refusals::keep_up(bool everything) {
  const std::int64_t minute = store_.clock().now_ms() / kMinuteMs;
  std::vector<std::pair<Refusal, std::int64_t>> facts;
  {
    const std::lock_guard lock(mutex_);
    for (auto at = counts_.begin(); at != counts_.end();) {
      if (!everything && at->second.minute == minute) {
        ++at;
        continue;
      }
      if (at->second.more > 0) facts.emplace_back(at->first, at->second.more);
      at = counts_.erase(at);
    }
  }
  if (!facts.empty()) write(facts);
}

void Refusals::write(const std::vector<std::pair<Refusal, std::int64_t>>& counted) {
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
  static_cast<void>(written);  // the work above cannot be refused
}

}  // namespace jishi::identity
