#include "base/text.hpp"

#include <algorithm>

namespace jishi {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

char32_t low_bits(std::string_view text, std::size_t at) {
  return byte_at(text, at) & 0x3FU;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

bool is_letter_or_digit(char32_t code_point) {
  return (code_point >= '0' && code_point <= '9') || (code_point >= 'A' && code_point <= 'Z') ||
         (code_point >= 'a' && code_point <= 'z');
}

char32_t upper(char32_t code_point) {
  return code_point >= 'a' && code_point <= 'z' ? code_point - ('a' - 'A') : code_point;
}

std::size_t last_code_point_length(std::string_view text) {
  std::size_t length = 1;
  while (length < 4 && length < text.size() && is_continuation(text, text.size() - length))
    ++length;
  return first_code_point(text.substr(text.size() - length)).length == length ? length : 1;
}

/// Calls `function` with every code point of a text.
template <class Function>
void for_each_code_point(std::string_view text, Function function) {
  while (!text.empty()) {
    const auto [value, length] = first_code_point(text);
    function(value, text.substr(0, length));
    text.remove_prefix(length);
  }
}

}  // namespace

char32_t half_width(char32_t code_point) {
  if (code_point >= 0xFF01 && code_point <= 0xFF5E) return code_point - 0xFEE0;
  return code_point == 0x3000 ? U' ' : code_point;
}

CodePoint first_code_point(std::string_view text) {
  if (text.empty()) return {};
  const unsigned char lead = byte_at(text, 0);
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xC2 && lead <= 0xDF && is_continuation(text, 1))
    return {(lead & 0x1FU) << 6U | low_bits(text, 1), 2};
  if ((lead & 0xF0U) == 0xE0 && is_continuation(text, 1) && is_continuation(text, 2)) {
    const char32_t value = (lead & 0x0FU) << 12U | low_bits(text, 1) << 6U | low_bits(text, 2);
    if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) return {value, 3};
  }
  if (lead >= 0xF0 && lead <= 0xF4 && is_continuation(text, 1) && is_continuation(text, 2) &&
      is_continuation(text, 3)) {
    const char32_t value = (lead & 0x07U) << 18U | low_bits(text, 1) << 12U |
                           low_bits(text, 2) << 6U | low_bits(text, 3);
    if (value >= 0x10000 && value <= 0x10FFFF) return {value, 4};
  }
  return {kReplacement, 1};
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0U | code_point >> 6U);
    add(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    add(0xE0U | code_point >> 12U);
    add(0x80U | (code_point >> 6U & 0x3FU));
    add(0x80U | (code_point & 0x3FU));
  } else {
    add(0xF0U | code_point >> 18U);
    add(0x80U | (code_point >> 12U & 0x3FU));
    add(0x80U | (code_point >> 6U & 0x3FU));
    add(0x80U | (code_point & 0x3FU));
  }
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto [value, length] = first_code_point(text);
    if (value == kReplacement && length == 1) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for_each_code_point(text, [&](char32_t, std::string_view) { ++count; });
  return count;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
}

bool is_zero_width(char32_t c) {
  if (c < 0x80) return c == 0x7F || (c < 0x20 && (c < '\t' || c > '\r'));
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0x061C || c == 0xFEFF;
}

bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || is_zero_width(c);
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const auto [value, length] = first_code_point(text);
    if (!is_blank(value)) break;
    text.remove_prefix(length);
  }
  while (!text.empty()) {
    const std::size_t length = last_code_point_length(text);
    if (!is_blank(first_code_point(text.substr(text.size() - length)).value)) break;
    text.remove_suffix(length);
  }
  return text;
}

std::string without_blanks(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for_each_code_point(text, [&](char32_t value, std::string_view bytes) {
    if (!is_blank(value)) result += bytes;
  });
  return result;
}

std::string to_half_width(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string result;
  result.reserve(text.size());
  for_each_code_point(text, [&](char32_t value, std::string_view bytes) {
    const char32_t half = half_width(value);
    if (half == value)
      result += bytes;
    else
      result += static_cast<char>(half);
  });
  return result;
}

std::string tidy(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool blank_before = false;
  bool ascii_before = false;
  for_each_code_point(trim(text), [&](char32_t value, std::string_view bytes) {
    if (is_zero_width(value)) return;
    if (is_blank(value)) {
      blank_before = true;
      return;
    }
    const char32_t half = half_width(value);
    const bool narrowed = half != value && is_letter_or_digit(half);
    const bool ascii = value < 0x80 || narrowed;
    if (blank_before && ascii && ascii_before) result += ' ';
    if (narrowed)
      result += static_cast<char>(half);
    else
      result += bytes;
    blank_before = false;
    ascii_before = ascii;
  });
  return result;
}

std::string fold_code(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for_each_code_point(text, [&](char32_t value, std::string_view bytes) {
    if (is_blank(value)) return;
    const char32_t folded = upper(half_width(value));
    if (folded < 0x80)
      result += static_cast<char>(folded);
    else
      result += bytes;
  });
  return result;
}

std::string fold_header(std::string_view text) {
  const std::string folded = fold_code(text);
  std::string outside;
  std::string inside;
  int depth = 0;
  for_each_code_point(folded, [&](char32_t value, std::string_view bytes) {
    switch (value) {
      case U'*':
      case U'★':
      case U'※': return;
      case U'(':
      case U'[':
      case U'【':
      case U'〔':
      case U'{': ++depth; return;
      case U')':
      case U']':
      case U'】':
      case U'〕':
      case U'}': depth = std::max(0, depth - 1); return;
      default: (depth > 0 ? inside : outside) += bytes;
    }
  });
  std::string header = outside.empty() ? std::move(inside) : std::move(outside);
  while (header.ends_with(':')) header.pop_back();
  return header;
}

}  // namespace jishi
