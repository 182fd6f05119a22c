#pragma once
// Looks for something again and again, on a thread of its own.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace jishi {

class Watch {
 public:
  static constexpr std::chrono::milliseconds kEvery{200};

  /// Calls `look` every kEvery until it goes. `look` does not throw.
  explicit Watch(std::function<void()> look)
      : look_(std::move(look)), thread_([this] { work(); }) {}
  ~Watch() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    stop_.notify_one();
    thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  void work() {
    std::unique_lock lock(mutex_);
    while (!stop_.wait_for(lock, kEvery, [this] { return stopping_; })) {
      lock.unlock();
      look_();
      lock.lock();
    }
  }

  std::function<void()> look_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace jishi
