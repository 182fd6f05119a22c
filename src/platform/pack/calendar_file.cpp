#include "platform/pack/calendar_file.hpp"

#include <toml++/toml.h>

namespace jishi::pack {

namespace {

constexpr std::chrono::days kLongestHoliday{31};

std::optional<Date> date_of(const toml::node* node) {
  const auto* date = node == nullptr ? nullptr : node->as_date();
  if (date == nullptr) return std::nullopt;
  return make_date(date->get().year, date->get().month, date->get().day);
}

Error invalid(const std::filesystem::path& file, std::string_view why) {
  return fail(ErrorKind::invalid, "pack.calendar_invalid",
              {{"file", file.string()}, {"why", std::string(why)}});
}

constexpr std::string_view kEveryYear = "every_year";

// Days as "05-01", in whichever year.
Result<Done> read_every_year(const std::filesystem::path& file, const toml::table& table,
                             WorkCalendar& calendar) {
  const auto* days = table["days"].as_array();
  if (days == nullptr) return invalid(file, "days");
  for (const toml::node& node : *days) {
    // Of a leap year, so that every day is one.
    const auto day = parse_iso_date("2000-" + node.value_or(std::string()));
    if (!day) return invalid(file, "days");
    const std::chrono::year_month_day parts(*day);
    calendar.add_every_year(parts.month() / parts.day());
  }
  return Done{};
}

Result<HolidayYear> read_year(const std::filesystem::path& file, const toml::table& table) {
  HolidayYear year;
  year.year = static_cast<int>(table["year"].value_or(std::int64_t{0}));
  if (file.stem().string() != std::to_string(year.year)) return invalid(file, "year");
  // A holiday may begin in the year before, none lies elsewhere.
  const auto fits = [&](Date date) { return std::abs(year_of(date) - year.year) <= 1; };
  if (const auto* worked = table["worked"].as_array()) {
    for (const toml::node& node : *worked) {
      const auto date = date_of(&node);
      const bool weekend = date && std::chrono::weekday(*date).iso_encoding() > 5 && fits(*date);
      if (!weekend) return invalid(file, "worked");
      year.worked.push_back(*date);
    }
  }
  const auto* holidays = table["holiday"].as_array();
  if (holidays == nullptr) return invalid(file, "holiday");
  for (const toml::node& node : *holidays) {
    const auto* holiday = node.as_table();
    if (holiday == nullptr) return invalid(file, "holiday");
    const auto first = date_of(holiday->get("first"));
    const auto last = date_of(holiday->get("last"));
    if (!first || !last || *last < *first || *last - *first > kLongestHoliday || !fits(*first)) {
      return invalid(file, "first, last");
    }
    year.off.emplace_back(*first, *last);
  }
  return year;
}

}  // namespace

Result<WorkCalendar> load_calendar(const std::filesystem::path& pack) {
  WorkCalendar calendar;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(pack / "calendar", none)) {
    if (entry.path().extension() != ".toml") continue;
    try {
      const auto table = toml::parse_file(entry.path().string());
      if (entry.path().stem() == kEveryYear) {
        if (const auto read = read_every_year(entry.path(), table, calendar); !read)
          return read.error();
        continue;
      }
      const auto year = read_year(entry.path(), table);
      if (!year) return year.error();
      calendar.add(*year);
    } catch (const toml::parse_error& error) {
      return invalid(entry.path(), error.description());
    }
  }
  return calendar;
}

}  // namespace jishi::pack
