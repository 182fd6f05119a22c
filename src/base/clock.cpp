#include "base/clock.hpp"

namespace jishi {

namespace {
constexpr std::int64_t kChinaOffsetMs = 8 * 3'600'000;
constexpr std::int64_t kDayMs = 86'400'000;
}  // namespace

Date Clock::today() const {
  return from_days((now_ms() + kChinaOffsetMs) / kDayMs);
}

std::int64_t start_of_day_ms(Date day) {
  return std::int64_t{to_days(day)} * kDayMs - kChinaOffsetMs;
}

std::int64_t SystemClock::now_ms() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace jishi
