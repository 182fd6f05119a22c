#pragma once
// What the program prints: results on stdout; progress, and reasons for people, on stderr.

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

namespace jishi::app {

class Console {
 public:
  Console();
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// Prints a line of the result.
  void line(std::string_view text = {});
  /// Prints a line for people beside the result: a reason, a warning, what to do next. From any
  /// thread.
  void note(std::string_view text);

  /// Whether progress is shown: stderr is a terminal.
  bool shows_progress() const { return progress_wanted_; }
  /// Whether it is time to show progress again; a few times a second.
  bool progress_due();
  /// Puts a line in the place of the last progress line.
  void progress(std::string_view text);
  void clear_progress();

  /// Writes out what was printed so far.
  void flush();

  /// Writes out what is left. False when stdout could not take it all (a full disk); a reader who
  /// went away (`jishi lights | head`) is no failure.
  bool finish();

  /// Whether lights may be coloured: stdout is a terminal and NO_COLOR is not set.
  bool colours() const { return colours_; }

 private:
  std::recursive_mutex mutex_;  // printing clears progress, which writes too
  std::string buffer_;
  bool terminal_ = false;
  bool colours_ = false;
  bool progress_wanted_ = false;
  bool progress_shown_ = false;
  bool gone_ = false;    // nobody reads stdout any more
  bool failed_ = false;  // stdout cannot be written
  std::chrono::steady_clock::time_point last_progress_;
};

}  // namespace jishi::app
