#pragma once
// Days as an iCalendar file (RFC 5545); pure.

#include <string>
#include <vector>

#include "base/date.hpp"

namespace jishi::insight {

/// What falls due on a day.
struct DueEvent {
  std::string uid;  // the same as long as it is the same thing
  Date day;
  std::string summary;
  std::string category;            // red | yellow | task | meeting
  std::int64_t stamp_ms = 0;       // when it came to be known
  std::optional<int> minute = {};  // at which it begins, of its day in China; else the whole day
  std::string place = {};
  std::string link = {};  // where it is held by video
};

/// A text as the value of a property: comma, semicolon, backslash and line breaks escaped.
std::string escaped(std::string_view text);

/// A content line with its end: lines of more than 75 bytes are folded, never within a character.
std::string folded(std::string_view line);

/// The whole calendar.
std::string calendar_text(std::string_view name, const std::vector<DueEvent>& events);

}  // namespace jishi::insight
