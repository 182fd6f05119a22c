#include "modules/insight/due_calendar/calendar_text.hpp"

#include <chrono>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/text.hpp"

namespace jishi::insight {

namespace {

constexpr std::size_t kLine = 75;  // bytes, without the end of the line

std::string day_text(Date day) {
  return fmt::format("{:04}{:02}{:02}", year_of(day), month_of(day), day_of(day));
}

std::string stamp_text(std::int64_t ms) {
  using std::chrono::milliseconds;
  const std::chrono::sys_time<milliseconds> at{milliseconds(ms)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  return fmt::format("{}T{:02}{:02}{:02}Z", day_text(day), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::string in_capitals(std::string text) {
  for (char& sign : text) {
    if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - 'a' + 'A');
  }
  return text;
}

/// A whole day takes nobody's time; what begins at a minute does, for nobody knows how long.
void add_time(std::string& text, const DueEvent& event) {
  if (event.minute) {
    const std::int64_t at = start_of_day_ms(event.day) + std::int64_t{*event.minute} * 60'000;
    text += folded("DTSTART:" + stamp_text(at));
    return;
  }
  text += folded("DTSTART;VALUE=DATE:" + day_text(event.day));
  text += folded("DTEND;VALUE=DATE:" + day_text(event.day + std::chrono::days(1)));
  text += folded("TRANSP:TRANSPARENT");
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string value;
  for (const char sign : text) {
    if (sign == '\r') continue;
    if (sign == '\\' || sign == ';' || sign == ',') value += '\\';
    if (sign == '\n')
      value += "\\n";
    else
      value += sign;
  }
  return value;
}

std::string folded(std::string_view line) {
  std::string text;
  std::size_t room = kLine;
  while (!line.empty()) {
    const std::size_t length = std::max<std::size_t>(first_code_point(line).length, 1);
    if (length > room) {
      text += "\r\n ";
      room = kLine - 1;  // the blank counts
    }
    text += line.substr(0, length);
    room -= length;
    line.remove_prefix(length);
  }
  return text + "\r\n";
}

std::string calendar_text(std::string_view name, const std::vector<DueEvent>& events) {
  std::string text;
  const auto add = [&](std::string_view property, std::string_view value) {
    text += folded(fmt::format("{}:{}", property, value));
  };
  add("BEGIN", "VCALENDAR");
  add("VERSION", "2.0");
  add("PRODID", "-//Jishi//Due days//ZH");
  add("CALSCALE", "GREGORIAN");
  add("METHOD", "PUBLISH");
  add("X-WR-CALNAME", escaped(name));
  add("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
  for (const DueEvent& event : events) {
    add("BEGIN", "VEVENT");
    add("UID", event.uid);
    add("DTSTAMP", stamp_text(event.stamp_ms));
    add_time(text, event);
    add("SUMMARY", escaped(event.summary));
    // Programs that show no link show the place: without one the link stands there too.
    const std::string& place = event.place.empty() ? event.link : event.place;
    if (!place.empty()) add("LOCATION", escaped(place));
    if (!event.link.empty()) add("URL", event.link);
    add("CATEGORIES", in_capitals(event.category));
    add("END", "VEVENT");
  }
  add("END", "VCALENDAR");
  return text;
}

}  // namespace jishi::insight
