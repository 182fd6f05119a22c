#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <cstdlib>

#include "base/feel/temporal.hpp"

namespace jishi::feel {

namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostKept = 64;

using Known = std::shared_ptr<const icu::TimeZone>;

// Zones are looked up by every use of a value: each thread keeps those it has met.
Known zone_named(const std::string& name) {
  thread_local std::unordered_map<std::string, Known> kept;
  if (const auto found = kept.find(name); found != kept.end()) return found->second;
  const auto id = icu::UnicodeString::fromUTF8(name);
  Known zone(icu::TimeZone::createTimeZone(id));
  if (zone != nullptr && *zone == icu::TimeZone::getUnknown()) zone.reset();
  if (kept.size() >= kMostKept) kept.clear();
  kept.emplace(name, zone);
  return zone;
}

bool is_zone_name(std::string_view name) {
  const auto is_sign = [](char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
           (sign >= '0' && sign <= '9') || sign == '/' || sign == '_' || sign == '-' || sign == '+';
  };
  return !name.empty() && name.size() <= kLongestName &&
         std::all_of(name.begin(), name.end(), is_sign);
}

}  // namespace

Zone Zone::offset(int seconds) {
  Zone zone;
  zone.kind_ = Kind::offset;
  zone.offset_ = seconds;
  return zone;
}

std::optional<Zone> Zone::region(std::string_view name) {
  if (!is_zone_name(name)) return std::nullopt;
  std::string copy(name);
  if (zone_named(copy) == nullptr) return std::nullopt;
  Zone zone;
  zone.kind_ = Kind::region;
  zone.region_ = std::make_shared<const std::string>(std::move(copy));
  return zone;
}

std::optional<int> Zone::offset_at(std::int64_t local_seconds) const {
  if (kind_ == Kind::none) return std::nullopt;
  if (kind_ == Kind::offset) return offset_;
  const Known zone = zone_named(*region_);
  if (zone == nullptr) return std::nullopt;
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone->getOffset(static_cast<UDate>(local_seconds) * 1000.0, 1, raw, summer, status);
  if (U_FAILURE(status) != 0) return std::nullopt;
  return (raw + summer) / 1000;
}

std::string Zone::text() const {
  if (kind_ == Kind::none) return {};
  if (kind_ == Kind::region) return "@" + *region_;
  if (offset_ == 0) return "Z";
  const int size = std::abs(offset_);
  std::string text =
      fmt::format("{}{:02}:{:02}", offset_ < 0 ? '-' : '+', size / 3600, size / 60 % 60);
  if (size % 60 != 0) text += fmt::format(":{:02}", size % 60);
  return text;
}

bool operator==(const Zone& left, const Zone& right) {
  if (left.kind_ != right.kind_ || left.offset_ != right.offset_) return false;
  return left.kind_ != Zone::Kind::region || *left.region_ == *right.region_;
}

}  // namespace jishi::feel
