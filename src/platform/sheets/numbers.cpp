#include "platform/sheets/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace jishi::sheets {

namespace {

constexpr double kUnsafe = 1e15;              // from here on, spreadsheets have dropped digits
constexpr std::int64_t kBefore1900 = -25569;  // 1899-12-30, so that serial 61 is 1900-03-01
constexpr std::int64_t kBefore1904 = -24107;  // 1904-01-01 is serial 0
constexpr double kSecondsPerDay = 86'400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Digits as a person would write them: no exponent, no zeros that say nothing, at most 15 digits.
bool is_plain(std::string_view literal) {
  if (!literal.empty() && literal.front() == '-') literal.remove_prefix(1);
  const auto point = literal.find('.');
  const std::string_view whole = literal.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view{} : literal.substr(point + 1);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return false;
  if (point != std::string_view::npos && (part.empty() || part.back() == '0')) return false;
  return whole.size() + part.size() <= 15 && std::all_of(whole.begin(), whole.end(), is_digit) &&
         std::all_of(part.begin(), part.end(), is_digit);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins_with(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::equal(lower_case.begin(), lower_case.end(), text.begin(),
                    [](char wanted, char c) { return wanted == lower(c); });
}

/// The bytes at the front of a format code that are no field: quoted, escaped or bracketed text and
/// the words that contain field letters. `elapsed` is set by [h], [mm] and [ss].
std::size_t literal_length(std::string_view code, bool& elapsed) {
  switch (code.front()) {
    case '"': return std::min(code.find('"', 1), code.size() - 1) + 1;
    case '\\':
    case '_':
    case '*': return std::min<std::size_t>(2, code.size());
    case '[': {
      const std::string_view inside = code.substr(1, std::min(code.find(']'), code.size()) - 1);
      elapsed = elapsed || (!inside.empty() && inside.find_first_not_of("hmsHMS") == inside.npos);
      return std::min(inside.size() + 2, code.size());
    }
    default: break;
  }
  for (const std::string_view word : {"general", "am/pm", "a/p", "e+", "e-"}) {
    if (begins_with(code, word)) return word.size();
  }
  return 0;
}

}  // namespace

std::optional<Date> date_of_serial(double serial, Epoch epoch) {
  constexpr double kLast1900 = 2'958'465;  // 9999-12-31
  const double day = std::floor(serial);
  if (epoch == Epoch::e1904) {
    if (!(day >= 0 && day <= kLast1900 - 1462)) return std::nullopt;
    return from_days(static_cast<std::int64_t>(day) + kBefore1904);
  }
  if (!(day >= 1 && day <= kLast1900) || day == 60) return std::nullopt;
  return from_days(static_cast<std::int64_t>(day) + kBefore1900 + (day < 60 ? 1 : 0));
}

double serial_of_date(Date date, Epoch epoch) {
  const std::int64_t days = to_days(date);
  if (epoch == Epoch::e1904) return static_cast<double>(days - kBefore1904);
  const std::int64_t serial = days - kBefore1900;
  return static_cast<double>(serial > 60 ? serial : serial - 1);
}

std::string_view number_text(double value, NumberText& room) {
  char* const end = room.data() + room.size();
  const double size = std::fabs(value);
  const bool exponent = size >= kUnsafe || (size != 0 && size < 1e-6);
  const auto form = exponent ? std::chars_format::scientific : std::chars_format::fixed;
  const auto written = std::to_chars(room.data(), end, value, form);
  std::replace(room.data(), written.ptr, 'e', 'E');
  return {room.data(), static_cast<std::size_t>(written.ptr - room.data())};
}

std::string_view number_text(std::string_view literal, double value, NumberText& room) {
  if (is_plain(literal) || std::fabs(value) >= kUnsafe) return literal;
  return number_text(value, room);
}

std::string_view date_text(Date date, double serial, NumberText& room) {
  const std::chrono::year_month_day day(date);
  auto* end = fmt::format_to(room.data(), "{:04}-{:02}-{:02}", int{day.year()},
                             unsigned{day.month()}, unsigned{day.day()});
  // A moment that rounds to the next midnight stays on its day, as the date does.
  const auto seconds =
      std::min<std::int64_t>(std::llround((serial - std::floor(serial)) * kSecondsPerDay), 86'399);
  if (seconds != 0) {
    end =
        fmt::format_to(end, " {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
  return {room.data(), static_cast<std::size_t>(end - room.data())};
}

bool parse_number(std::string_view text, double& value) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first_filled = text.find_first_not_of(kBlank);
  if (first_filled == std::string_view::npos) return false;
  const char* begin = text.data() + first_filled;
  const char* end = text.data() + text.find_last_not_of(kBlank) + 1;
  if (begin != end && *begin == '+') ++begin;
  const char* first = begin != end && *begin == '-' ? begin + 1 : begin;
  if (first == end || (!is_digit(*first) && *first != '.')) return false;  // nan, inf
  const auto read = std::from_chars(begin, end, value);
  return read.ec == std::errc{} && read.ptr == end;
}

NumberFormat built_in_format(std::uint32_t id) {
  switch (id) {
    case 14:
    case 15:
    case 16:
    case 17:
    case 22: return NumberFormat::date;
    case 18:
    case 19:
    case 20:
    case 21:
    case 45:
    case 46:
    case 47: return NumberFormat::time;
    // 27 to 36 and 50 to 58 are the dates and times of East Asian Excel (ECMA-376 18.8.30).
    case 32:
    case 33:
    case 34:
    case 35:
    case 55:
    case 56: return NumberFormat::time;
    default: break;
  }
  const bool east_asian = (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return east_asian ? NumberFormat::date : NumberFormat::number;
}

NumberFormat format_of_code(std::string_view code) {
  bool date = false;
  bool month = false;
  bool time = false;
  bool elapsed = false;
  while (!code.empty() && code.front() != ';') {  // the first section is that of positive numbers
    if (const std::size_t length = literal_length(code, elapsed)) {
      code.remove_prefix(std::min(length, code.size()));
      continue;
    }
    switch (lower(code.front())) {
      case 'y':
      case 'd':
      case 'e': date = true; break;
      case 'm': month = true; break;  // minutes when there are hours or seconds and no day or year
      case 'h':
      case 's': time = true; break;
      default: break;
    }
    code.remove_prefix(1);
  }
  if (elapsed && !date) return NumberFormat::time;
  if (date || (month && !time)) return NumberFormat::date;
  return time ? NumberFormat::time : NumberFormat::number;
}

}  // namespace jishi::sheets
