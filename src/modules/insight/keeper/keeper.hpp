#pragma once
// Lights that follow what happens: one thread looks at what new facts touched, and everybody else
// asks through the same door, one at a time.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <type_traits>

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

  /// Asks something while nobody else does: `ask(Insight&)`, which returns a Result. Fails with
  /// insight.rebuilding, at once, while the marts are made anew.
  template <class Ask>
  auto ask(Ask&& ask) -> std::invoke_result_t<Ask&, Insight&> {
    const Turn turn(*this, Turn::For::asking);
    if (!turn) return rebuilding();
    return ask(*insight_);
  }

  /// The same of what holds with all facts that are durable: who has just changed something sees
  /// it. `ask` returns a Result.
  template <class Ask>
  auto ask_now(Ask&& ask) -> std::invoke_result_t<Ask&, Insight&> {
    const Turn turn(*this, Turn::For::asking);
    if (!turn) return rebuilding();
    if (const auto followed = insight_->catch_up(); !followed) return followed.error();
    return ask(*insight_);
  }

  /// Drops the marts and makes them anew; whoever asks meanwhile is told to come again. Fails with
  /// insight.rebuild_cancelled.
  Result<Done> rebuild(const LongWork& work);

  /// They do not change while the program runs.
  const std::vector<Rule>& rules() const { return insight_->rules(); }
  /// The last fact that was looked at.
  std::int64_t looked_at() const { return looked_at_.load(); }

 private:
  /// The insight for one at a time.
  class Turn {
   public:
    /// Who asks goes away when a rebuild waits or runs; the others wait.
    enum class For { asking, looking, rebuilding };
    Turn(Keeper& keeper, For what);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    /// Whether it came.
    explicit operator bool() const { return came_; }

   private:
    Keeper& keeper_;
    const For for_;
    bool came_ = false;
  };

  static Error rebuilding();
  void work();
  bool look();

  Store& store_;
  std::unique_ptr<Insight> insight_;
  std::function<void(const Error&)> failed_;
  std::mutex turn_mutex_;
  std::condition_variable turn_over_;
  bool taken_ = false;
  int rebuilds_ = 0;  // that run or wait for their turn
  std::atomic<std::int64_t> looked_at_{-1};
  Date looked_on_;

  std::mutex mutex_;
  std::condition_variable woken_;
  bool awake_ = true;  // the first look is for what happened while the program was away
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jishi::insight
