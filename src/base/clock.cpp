#include "base/clock.hpp"

namespace jishi {

namespace {
constexpr std::int64_t kChinaOffsetMs = 8 * 3'600'000;
constexpr std::int64_t kDayMs = 86'400'000;
}  // namespace

Date Clock::today() const {
  return day_at(now_ms());
}

Date day_at(std::int64_t ms) {
  return from_days((ms + kChinaOffsetMs) / kDayMs);
}

std::string minute_text(std::int64_t ms) {
  constexpr std::int64_t kMinuteMs = 60'000;
  const std::int64_t minutes = (ms + kChinaOffsetMs) % kDayMs / kMinuteMs;
  return fmt::format("{} {:02}:{:02}", to_iso(day_at(ms)), minutes / 60, minutes % 60);
}

std::int64_t start_of_day_ms(Date day) {
  return std::int64_t{to_days(day)} * kDayMs - kChinaOffsetMs;
}

std::int64_t SystemClock::now_ms() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace jishi
