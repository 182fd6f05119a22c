#pragma once
// What happens by itself when its moment has come: timers of cases, reminders, tasks that are late,
// and cases that go along with organisations that moved. Looked at by the store's clock: what came
// due while nothing ran is done once, when it runs again.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "modules/workflow/mergers/follow_moves.hpp"

namespace jishi::workflow {

inline constexpr int kMostDueAtOnce = 200;              // that are read before others may write
inline constexpr std::chrono::milliseconds kTick{500};  // how often it looks
inline constexpr Moment kTryAgain = 3'600'000;          // after a timer whose step was refused

/// What is told of a moment that could not be followed, and of a store that is away.
using TimerFailed = std::function<void(std::string_view what)>;

class Timekeeper {
 public:
  Timekeeper(Store& store, const Office& office, TimerFailed failed = {});
  ~Timekeeper();
  Timekeeper(const Timekeeper&) = delete;
  Timekeeper& operator=(const Timekeeper&) = delete;

  void start();

  /// Does all that is due by the store's clock; returns how many. Each in a transaction of its own.
  int run_due();

  /// Lets cases follow moves until none is left.
  void follow_moves();

 private:
  void work();
  void told(std::string_view what) const;

  Store& store_;
  const Office& office_;
  const TimerFailed failed_;
  MoveFollower follower_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jishi::workflow
