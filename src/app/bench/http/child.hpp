#pragma once
// Another program, started and watched by the bench.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace jishi::app::bench {

/// A running program, which is ended with this object.
class Child {
 public:
  /// Starts `words`; what it says to stderr goes into the file `complaints`. Nothing when it cannot
  /// be started.
  static std::optional<Child> start(std::vector<std::string> words,
                                    const std::filesystem::path& complaints);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  /// The next line that it prints; nothing when it ends or stays silent.
  std::optional<std::string> line(std::chrono::milliseconds patience);

  /// Asks it to end and waits; its exit status, or -1 where it had to be killed.
  int end();
  /// Waits until it ends by itself; its exit status.
  int wait();

  /// Its memory, with the pages of its libraries, in MB.
  double resident_mb() const;
  /// Seconds that its threads have worked.
  double worked_s() const;

 private:
  Child(pid_t pid, int output) : pid_(pid), output_(output) {}

  pid_t pid_ = -1;
  int output_ = -1;
  std::string unread_;
};

}  // namespace jishi::app::bench
