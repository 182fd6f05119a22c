#pragma once
// Threads for work that waits: for a commit, a disk, an analysis.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace jishi::http {

/// Runs work on threads of its own, so much of it waiting at most. Thread-safe.
class Workers {
 public:
  Workers(unsigned threads, std::size_t most_waiting);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False when too much waits already, or after stop(). `work` does not throw.
  bool submit(std::function<void()> work);
  /// For the rest of work that has begun, of which each connection has one at most.
  bool submit_more(std::function<void()> work);
  std::size_t waiting() const;

  /// Lets what runs end. What waits stays, undone, until drop().
  void stop();
  void drop();

 private:
  bool add(std::function<void()> work, std::size_t most);
  void run();

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace jishi::http
