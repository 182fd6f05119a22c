#pragma once
// Jobs that tests want in one group of a writer's.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/db/database.hpp"

namespace jishi::db {

/// Runs a job for each number from 1 to `count` in one group, in whichever order: the writer is
/// kept busy until all of them wait.
inline void in_one_group(Database& database, std::int64_t count,
                         const std::function<bool(Connection&, std::int64_t number)>& job) {
  std::mutex mutex;
  std::condition_variable changed;
  bool busy = false;
  bool go = false;
  std::thread first([&] {
    database.write(
        [&](Connection&) {
          std::unique_lock lock(mutex);
          busy = true;
          changed.notify_all();
          changed.wait(lock, [&] { return go; });
          return true;
        },
        true);
  });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return busy; });
  }
  std::atomic<std::int64_t> waiting{0};
  std::vector<std::thread> threads;
  for (std::int64_t number = 1; number <= count; ++number) {
    threads.emplace_back([&, number] {
      ++waiting;
      database.write([&](Connection& connection) { return job(connection, number); });
    });
  }
  while (waiting < count) std::this_thread::yield();
  {
    const std::lock_guard lock(mutex);
    go = true;
  }
  changed.notify_all();
  first.join();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace jishi::db
