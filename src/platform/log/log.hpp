#pragma once
// What a machine reads of a running program: one JSON object a line. No line holds a name, a number
// or a text of a person, nor what somebody typed: who wrote it down would keep it for years.

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/clock.hpp"

namespace jishi::log {

/// Thread-safe, as far as `write` is.
class Log {
 public:
  using Write = std::function<void(std::string_view line)>;

  Log(const Clock& clock, Write write) : clock_(clock), write_(std::move(write)) {}

  /// `{"time":"2026-11-24T03:00:00.123Z","level":"info","event":event, …fields}`
  void info(std::string_view event, const boost::json::object& fields = {}) const;
  void warning(std::string_view event, const boost::json::object& fields = {}) const;
  void error(std::string_view event, const boost::json::object& fields = {}) const;

 private:
  void write(std::string_view level, std::string_view event,
             const boost::json::object& fields) const;

  const Clock& clock_;
  const Write write_;
};

/// Something that goes wrong again and again while its cause lasts: a warning when it begins and
/// once a minute, and one line when it is over. Thread-safe.
class Trouble {
 public:
  static constexpr std::int64_t kAgainMs = 60'000;

  Trouble(const Log& log, const Clock& clock, std::string event)
      : log_(log), clock_(clock), event_(std::move(event)) {}

  void met(std::string_view what);
  void over();

 private:
  const Log& log_;
  const Clock& clock_;
  const std::string event_;
  std::mutex mutex_;
  std::int64_t since_ms_ = -1;  // -1: all is well
  std::int64_t told_ms_ = 0;
  std::int64_t times_ = 0;
};

}  // namespace jishi::log
