#pragma once
// Lights that follow what happens: one thread looks at what new facts touched, and everybody else
// asks through the same door, one at a time.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "modules/insight/insight.hpp"

namespace jishi::insight {

class Keeper {
 public:
  /// `failed` is told what went wrong with a look, in the words of its error; the next fact brings
  /// the next look.
  Keeper(Store& store, std::unique_ptr<Insight> insight, std::function<void(const Error&)> failed);
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  /// There may be new facts. Returns at once.
  void wake();

  /// Asks something while nobody else does.
  template <class Ask>
  auto ask(Ask&& ask) {
    const std::lock_guard lock(insight_mutex_);
    return ask(*insight_);
  }

  /// The same of what holds with all facts that are durable: who has just changed something sees
  /// it. `ask` returns a Result.
  template <class Ask>
  auto ask_now(Ask&& ask) -> std::invoke_result_t<Ask&, Insight&> {
    const std::lock_guard lock(insight_mutex_);
    if (const auto followed = insight_->catch_up(); !followed) return followed.error();
    return ask(*insight_);
  }

  /// They do not change while the program runs.
  const std::vector<Rule>& rules() const { return insight_->rules(); }
  /// The last fact that was looked at.
  std::int64_t looked_at() const { return looked_at_.load(); }

 private:
  void work();
  bool look();

  Store& store_;
  std::unique_ptr<Insight> insight_;
  std::function<void(const Error&)> failed_;
  std::mutex insight_mutex_;
  std::atomic<std::int64_t> looked_at_{-1};
  Date looked_on_;

  std::mutex mutex_;
  std::condition_variable woken_;
  bool awake_ = true;  // the first look is for what happened while the program was away
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jishi::insight
