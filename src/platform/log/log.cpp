#include "platform/log/log.hpp"

#include <fmt/format.h>

namespace jishi::log {

namespace {

std::string utc_of(std::int64_t now_ms) {
  constexpr std::int64_t kDayMs = 86'400'000;
  const std::int64_t day = now_ms / kDayMs;
  const std::int64_t rest = now_ms % kDayMs;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_iso(from_days(day)), rest / 3'600'000,
                     rest / 60'000 % 60, rest / 1'000 % 60, rest % 1'000);
}

}  // namespace

void Log::info(std::string_view event, const boost::json::object& fields) const {
  write("info", event, fields);
}

void Log::warning(std::string_view event, const boost::json::object& fields) const {
  write("warning", event, fields);
}

void Log::error(std::string_view event, const boost::json::object& fields) const {
  write("error", event, fields);
}

void Log::write(std::string_view level, std::string_view event,
                const boost::json::object& fields) const {
  boost::json::object line{{"time", utc_of(clock_.now_ms())}, {"level", level}, {"event", event}};
  for (const auto& [name, value] : fields) line[name] = value;
  write_(boost::json::serialize(line));
}

void Trouble::met(std::string_view what) {
  const std::lock_guard lock(mutex_);
  const std::int64_t now = clock_.now_ms();
  ++times_;
  if (since_ms_ >= 0 && now - told_ms_ < kAgainMs) return;
  if (since_ms_ < 0) since_ms_ = now;
  told_ms_ = now;
  log_.warning(event_, {{"message", what}, {"times", times_}});
}

void Trouble::over() {
  const std::lock_guard lock(mutex_);
  if (since_ms_ < 0) return;
  log_.info(event_ + "_over", {{"seconds", (clock_.now_ms() - since_ms_) / 1'000}});
  since_ms_ = -1;
  times_ = 0;
}

}  // namespace jishi::log
