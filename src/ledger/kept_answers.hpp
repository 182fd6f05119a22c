#pragma once
// Answers that are made of the ledger alone: they hold until a fact is added.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>

#include "base/result.hpp"

namespace jishi {

/// The last few answers by what was asked. Who asks while another makes an answer waits for it, so
/// that the same is made once. Thread-safe.
template <class Key, class Answer>
class KeptAnswers {
 public:
  using Kept = std::shared_ptr<const Answer>;

  explicit KeptAnswers(std::size_t most) : most_(most) {}

  /// The answer to `key` at a position of the ledger, made by `make() -> Result<Answer>` where it
  /// is not known. Errors are not kept.
  template <class Make>
  Result<Kept> get(std::int64_t position, const Key& key, Make&& make) {
    const std::lock_guard lock(mutex_);
    if (position_ != position) kept_.clear();
    position_ = position;
    const auto known = std::find_if(kept_.begin(), kept_.end(),
                                    [&](const auto& kept) { return kept.first == key; });
    if (known != kept_.end()) return known->second;
    auto made = make();
    if (!made) return made.error();
    kept_.emplace_front(key, std::make_shared<const Answer>(std::move(*made)));
    if (kept_.size() > most_) kept_.pop_back();
    return kept_.front().second;
  }

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::deque<std::pair<Key, Kept>> kept_;  // the last made first
  std::int64_t position_ = -1;
};

}  // namespace jishi
