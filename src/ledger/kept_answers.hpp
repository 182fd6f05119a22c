#pragma once
// Answers that are made of the ledger alone: they hold until a fact is added.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>

#include "base/result.hpp"

namespace jishi {

/// The last few answers by what was asked. Who asks while another makes the same answer waits for
/// it; different answers are made side by side. Thread-safe.
template <class Key, class Answer>
class KeptAnswers {
 public:
  using Kept = std::shared_ptr<const Answer>;

  explicit KeptAnswers(std::size_t most) : most_(most) {}

  /// The answer to `key` at a position of the ledger, made by `make() -> Result<Answer>` where it
  /// is not known. Errors are not kept.
  template <class Make>
  Result<Kept> get(std::int64_t position, const Key& key, Make&& make) {
    const auto place = place_of(position, key);
    const std::lock_guard lock(place->mutex);
    if (place->answer) return place->answer;
    auto made = make();
    if (!made) return made.error();
    place->answer = std::make_shared<const Answer>(std::move(*made));
    return place->answer;
  }

 private:
  struct Place {
    std::mutex mutex;
    Kept answer;
  };

  std::shared_ptr<Place> place_of(std::int64_t position, const Key& key) {
    const std::lock_guard lock(mutex_);
    if (position_ != position) kept_.clear();
    position_ = position;
    const auto known = std::find_if(kept_.begin(), kept_.end(),
                                    [&](const auto& kept) { return kept.first == key; });
    if (known != kept_.end()) return known->second;
    kept_.emplace_front(key, std::make_shared<Place>());
    if (kept_.size() > most_) kept_.pop_back();
    return kept_.front().second;
  }

  const std::size_t most_;
  std::mutex mutex_;
  std::deque<std::pair<Key, std::shared_ptr<Place>>> kept_;  // the last asked for first
  std::int64_t position_ = -1;
};

}  // namespace jishi
