#pragma once
// Clocks, memory and temporary folders of the bench.

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

namespace jishi::app::bench {

/// Seconds since it was made.
class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  }
  double milliseconds() const { return seconds() * 1'000; }

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

/// Seconds of work that all threads of this process did since it was made: on a machine shared with
/// others it says more than the clock.
class CpuWatch {
 public:
  CpuWatch();
  double seconds() const;

 private:
  double started_;
};

/// The seconds that a call takes.
template <class Work>
double seconds_of(Work&& work) {
  const Stopwatch watch;
  work();
  return watch.seconds();
}

/// Follows the memory of this process while it stands: what is its own, without the pages of files
/// that are mapped (they are the system's cache).
class MemoryPeak {
 public:
  MemoryPeak();
  ~MemoryPeak();
  MemoryPeak(const MemoryPeak&) = delete;
  MemoryPeak& operator=(const MemoryPeak&) = delete;

  /// The most it grew since then, in MB.
  double grown_mb() const;

 private:
  void follow();

  const std::int64_t before_kb_;
  std::atomic<std::int64_t> peak_kb_;
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

/// A folder that goes with this object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The value that `share` (0..1) of all are not above; 0 of none.
double quantile(std::vector<double> values, double share);

}  // namespace jishi::app::bench
