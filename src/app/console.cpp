#include "app/console.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace jishi::app {

namespace {

constexpr std::size_t kBuffer = 64 * 1024;
constexpr std::chrono::milliseconds kProgressEvery{200};

// Writes all of it; the errno that prevented it, or 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Console::Console()
    : terminal_(::isatty(STDOUT_FILENO) == 1),
      colours_(terminal_ && std::getenv("NO_COLOR") == nullptr),
      progress_wanted_(::isatty(STDERR_FILENO) == 1) {
}

Console::~Console() {
  clear_progress();
  flush();
}

void Console::line(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (terminal_) clear_progress();
  buffer_ += text;
  buffer_ += '\n';
  if (terminal_ || buffer_.size() >= kBuffer) flush();
}

void Console::note(std::string_view text) {
  const std::lock_guard lock(mutex_);
  clear_progress();
  flush();
  // Nothing can be told to someone who does not listen.
  write_all(STDERR_FILENO, std::string(text) + "\n");
}

bool Console::progress_due() {
  const std::lock_guard lock(mutex_);
  if (!progress_wanted_) return false;
  const auto now = std::chrono::steady_clock::now();
  if (progress_shown_ && now - last_progress_ < kProgressEvery) return false;
  last_progress_ = now;
  return true;
}

void Console::progress(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (!progress_wanted_) return;
  progress_shown_ = true;
  write_all(STDERR_FILENO, "\r\033[K" + std::string(text));
}

void Console::clear_progress() {
  const std::lock_guard lock(mutex_);
  if (!progress_shown_) return;
  progress_shown_ = false;
  write_all(STDERR_FILENO, "\r\033[K");
}

bool Console::finish() {
  const std::lock_guard lock(mutex_);
  clear_progress();
  flush();
  return !failed_;
}

void Console::flush() {
  const std::lock_guard lock(mutex_);
  if (!gone_ && !failed_ && !buffer_.empty()) {
    const int error = write_all(STDOUT_FILENO, buffer_);
    gone_ = error == EPIPE;
    failed_ = error != 0 && error != EPIPE;
  }
  buffer_.clear();
}

}  // namespace jishi::app
