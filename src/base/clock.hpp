#pragma once
// Time comes in through one door, so that tests and the demo can set it.

#include <cstdint>
#include <string>

#include "base/date.hpp"

namespace jishi {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Milliseconds since 1970-01-01 UTC.
  virtual std::int64_t now_ms() const = 0;
  /// Today's date in China (UTC+8, no summer time since 1991).
  Date today() const;
};

class SystemClock final : public Clock {
 public:
  std::int64_t now_ms() const override;
};

/// The day in China of a moment, in milliseconds since 1970-01-01 UTC.
Date day_at(std::int64_t ms);

/// That day and the minute, as people write them: `2026-03-01 09:30`.
std::string minute_text(std::int64_t ms);

/// The moment at which a day begins in China, in milliseconds since 1970-01-01 UTC.
std::int64_t start_of_day_ms(Date day);

/// A clock that stands where it is put.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Date today) : now_ms_(std::int64_t{to_days(today)} * 86'400'000) {}
  std::int64_t now_ms() const override { return now_ms_; }
  void set_ms(std::int64_t now_ms) { now_ms_ = now_ms; }

 private:
  std::int64_t now_ms_;
};

}  // namespace jishi
