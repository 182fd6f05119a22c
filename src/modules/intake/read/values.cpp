#include "modules/intake/read/values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/money.hpp"
#include "base/text.hpp"

namespace jishi::intake {

namespace {

using sheets::Cell;

constexpr int kMostPeople = 1'000'000;
constexpr int kLongestTerm = 10;
constexpr std::int64_t kMostCents = 100'000'000;  // 1,000,000 yuan
constexpr int kSpreadsheetDigits = 15;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_dash(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500 || c == 0xFF0D;
}

bool is_slash(char32_t c) {
  return c == U'/' || c == 0xFF0F;
}

bool all_are(std::string_view text, bool (*test)(char32_t)) {
  while (!text.empty()) {
    const auto [value, length] = first_code_point(text);
    if (!test(value) && !is_blank(value)) return false;
    text.remove_prefix(length);
  }
  return true;
}

/// The digits of a whole number of at most 18 digits, a `.0` behind it dropped.
std::optional<int> whole_number(std::string_view written, int least, int most) {
  std::string_view digits = written;
  const auto point = digits.find('.');
  if (point != digits.npos) {
    const auto zeros = digits.substr(point + 1);
    if (zeros.empty() || zeros.find_first_not_of('0') != zeros.npos) return std::nullopt;
    digits = digits.substr(0, point);
  }
  int value = 0;
  if (!are_digits(digits)) return std::nullopt;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc() || value < least || value > most) return std::nullopt;
  return value;
}

std::optional<int> whole_number_of(const Cell& cell, std::string_view unit, int least, int most) {
  if (cell.kind != Cell::Kind::number && cell.kind != Cell::Kind::text) return std::nullopt;
  NumberBuffer buffer;
  const std::string folded = tidy_code(written(cell, buffer));
  std::string_view digits = folded;
  if (!unit.empty() && digits.ends_with(unit)) digits.remove_suffix(unit.size());
  return whole_number(digits, least, most);
}

/// `9.90E+17`: what a spreadsheet shows of a number of 18 digits.
bool is_scientific_18(std::string_view text) {
  const auto exponent = text.find('E');
  if (exponent == text.npos || exponent == 0) return false;
  const auto power = text.substr(exponent);
  return (power == "E+17" || power == "E17") && is_digit(text[0]) &&
         text.substr(0, exponent).find_first_not_of("0123456789.") == text.npos;
}

}  // namespace

bool is_empty_mark(std::string_view untrimmed) {
  const std::string_view text = trim(untrimmed);
  if (text.empty()) return true;
  const char32_t first = first_code_point(text).value;
  if (is_dash(first)) return all_are(text, is_dash);
  if (is_slash(first)) return all_are(text, is_slash);
  if (first == U'无') return text == "无";
  if (first != U'N' && first != U'n' && first != U'Ｎ' && first != U'ｎ') return false;
  return text.size() <= 9 && fold_code(text) == "N/A";
}

bool is_error(const Cell& cell) {
  constexpr std::string_view kErrors[] = {"#N/A",   "#REF!",  "#VALUE!", "#DIV/0!",
                                          "#NAME?", "#NULL!", "#NUM!"};
  if (cell.kind == Cell::Kind::error) return true;
  if (cell.kind != Cell::Kind::text || !cell.text.starts_with('#')) return false;
  return std::find(std::begin(kErrors), std::end(kErrors), trim(cell.text)) != std::end(kErrors);
}

bool says_nothing(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::empty:
    case Cell::Kind::error: return true;
    case Cell::Kind::text: return is_empty_mark(cell.text) || is_error(cell);
    case Cell::Kind::number:
    case Cell::Kind::date:
    case Cell::Kind::boolean: return false;
  }
  return true;
}

std::string_view written(const Cell& cell, NumberBuffer& buffer) {
  if (cell.kind == Cell::Kind::error) return {};
  if (cell.kind != Cell::Kind::number) return trim(cell.text);
  const bool plain = cell.text.find_first_of("eE") == cell.text.npos && !cell.text.ends_with(".0");
  const double size = std::fabs(cell.number);
  if (plain || size >= 1e18 || (size < 1e-6 && size > 0)) return cell.text;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), cell.number,
                                 std::chars_format::fixed);
  if (end.ec != std::errc()) return cell.text;
  return {buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())};
}

std::string tidy_code(std::string_view text) {
  const bool as_it_is =
      std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && (c & 0x80) == 0; });
  return as_it_is ? std::string(text) : to_half_width(without_blanks(text));
}

std::string_view without_list_code(std::string_view choice) {
  std::size_t at = 0;
  while (at < choice.size() && is_digit(choice[at])) ++at;
  if (at == 0) return choice;
  for (const std::string_view line : {"_", "＿"}) {
    const std::string_view rest = choice.substr(at);
    if (rest.starts_with(line) && rest.size() > line.size()) return rest.substr(line.size());
  }
  return choice;
}

std::string tidy_phone(std::string_view text) {
  std::string phone = tidy_code(text);
  std::string digits;
  std::copy_if(phone.begin(), phone.end(), std::back_inserter(digits),
               [](char c) { return c != '-'; });
  std::string_view mobile = digits;
  if (mobile.starts_with("+86")) mobile.remove_prefix(3);
  return mobile.size() == 11 && mobile[0] == '1' && are_digits(mobile) ? std::string(mobile)
                                                                       : phone;
}

std::string masked(std::string_view text) {
  constexpr std::size_t kFront = 3;
  constexpr std::size_t kBack = 2;
  const std::size_t count = count_code_points(text);
  std::string result;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = first_code_point(text).length;
    const bool shown = count > kFront + kBack && (i < kFront || i >= count - kBack);
    if (shown)
      result += text.substr(0, length);
    else
      result += '*';
    text.remove_prefix(length);
  }
  return result;
}

WrittenId citizen_id_in(const Cell& cell) {
  NumberBuffer buffer;
  WrittenId result;
  std::string_view text = written(cell, buffer);
  // An apostrophe in front is how people make a spreadsheet keep digits.
  if (text.starts_with('\'')) text.remove_prefix(1);
  result.id = fold_code(text);
  result.digits_lost = cell.kind == Cell::Kind::number ? cell.number >= 1e17 && cell.number < 1e18
                                                       : is_scientific_18(result.id);
  return result;
}

std::optional<int> whole_number_in(const Cell& cell) {
  return whole_number_of(cell, {}, 0, kMostPeople);
}

std::optional<int> term_in(const Cell& cell) {
  return whole_number_of(cell, "年", 1, kLongestTerm);
}

std::optional<std::int64_t> amount_in(const Cell& cell) {
  std::optional<std::int64_t> cents;
  if (cell.kind == Cell::Kind::number) {
    NumberBuffer buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), cell.number,
                                   std::chars_format::general, kSpreadsheetDigits);
    cents = cents_of_yuan({buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())});
  } else if (cell.kind == Cell::Kind::text) {
    cents = cents_of_yuan(cell.text);
  }
  return cents && *cents >= 0 && *cents <= kMostCents ? cents : std::nullopt;
}

std::vector<std::string> participants_in(std::string_view text) {
  std::vector<std::string> participants;
  std::string_view rest = text;
  std::size_t length = 0;
  const auto finish = [&] {
    const std::string_view part = rest.substr(0, length);
    if (!is_empty_mark(part)) participants.push_back(tidy(part));
    rest.remove_prefix(length);
    length = 0;
  };
  while (length < rest.size()) {
    const auto [value, bytes] = first_code_point(rest.substr(length));
    const bool separates = value == U'、' || value == U',' || value == U'，' || value == U';' ||
                           value == U'；' || (is_blank(value) && !is_zero_width(value));
    if (!separates) {
      length += bytes;
      continue;
    }
    finish();
    rest.remove_prefix(bytes);
  }
  finish();
  return participants;
}

}  // namespace jishi::intake
