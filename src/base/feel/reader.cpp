#include "base/feel/reader.hpp"

#include "base/feel/names.hpp"
#include "base/text.hpp"

namespace jishi::feel {

namespace {

bool is_digit(char sign) {
  return sign >= '0' && sign <= '9';
}

std::size_t count_digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

std::optional<char32_t> hexadecimal(std::string_view digits) {
  char32_t value = 0;
  for (const char digit : digits) {
    if (is_digit(digit)) {
      value = value * 16 + static_cast<char32_t>(digit - '0');
    } else if (digit >= 'a' && digit <= 'f') {
      value = value * 16 + static_cast<char32_t>(digit - 'a' + 10);
    } else if (digit >= 'A' && digit <= 'F') {
      value = value * 16 + static_cast<char32_t>(digit - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

// The number behind `\u` (4 digits) or `\U` (6), if there is one.
std::optional<char32_t> escaped_code(std::string_view text) {
  const std::size_t digits = text.starts_with("\\u") ? 4 : text.starts_with("\\U") ? 6 : 0;
  if (digits == 0 || text.size() < digits + 2) return std::nullopt;
  return hexadecimal(text.substr(2, digits));
}

bool is_high_half(char32_t code) {
  return code >= 0xD800 && code <= 0xDBFF;
}
bool is_low_half(char32_t code) {
  return code >= 0xDC00 && code <= 0xDFFF;
}

// Reads one escape; what means nothing stays as it stands (`\d` of a pattern).
std::size_t append_escape(std::string& content, std::string_view text) {
  if (auto code = escaped_code(text)) {
    std::size_t length = text[1] == 'u' ? 6 : 8;
    const auto low = is_high_half(*code) ? escaped_code(text.substr(length)) : std::nullopt;
    if (low && is_low_half(*low)) {
      code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
      length += 6;
    }
    const bool valid = *code <= 0x10FFFF && !is_high_half(*code) && !is_low_half(*code);
    append_utf8(content, valid ? *code : char32_t{0xFFFD});
    return length;
  }
  switch (text[1]) {
    case 'n': content += '\n'; break;
    case 'r': content += '\r'; break;
    case 't': content += '\t'; break;
    case '"':
    case '\'':
    case '\\': content += text[1]; break;
    default: content += '\\'; return 1;
  }
  return 2;
}

}  // namespace

std::size_t Reader::position() {
  while (position_ < text_.size()) {
    const auto rest = text_.substr(position_);
    if (rest.starts_with("//")) {
      const auto end = rest.find('\n');
      position_ += end == rest.npos ? rest.size() : end;
    } else if (rest.starts_with("/*")) {
      const auto end = rest.find("*/", 2);
      if (end == rest.npos) break;  // the slash is told as what is wrong
      position_ += end + 2;
    } else {
      const auto [sign, size] = first_code_point(rest);
      if (!is_space(sign)) break;
      position_ += size;
    }
  }
  return position_;
}

Place Reader::place_of(std::size_t position) const {
  const auto before = text_.substr(0, position);
  Place place;
  place.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const auto line = before.rfind('\n');
  const auto of_line = line == before.npos ? before : before.substr(line + 1);
  place.column = 1 + static_cast<int>(count_code_points(of_line));
  return place;
}

bool Reader::take(std::string_view sign) {
  if (!next_is(sign)) return false;
  position_ += sign.size();
  return true;
}

std::string_view Reader::next_word() {
  const auto text = rest();
  std::size_t length = 0;
  while (length < text.size()) {
    const auto [sign, size] = first_code_point(text.substr(length));
    if (length == 0 ? !is_name_start(sign) : !is_name_part(sign)) break;
    length += size;
  }
  return text.substr(0, length);
}

bool Reader::next_is_word(std::string_view word) {
  return next_word() == word;
}

bool Reader::take_word(std::string_view word) {
  if (!next_is_word(word)) return false;
  position_ += word.size();
  return true;
}

std::optional<std::string_view> Reader::take_number() {
  const auto text = rest();
  std::size_t length = count_digits(text);
  const bool fraction =
      length + 1 < text.size() && text[length] == '.' && is_digit(text[length + 1]);
  if (fraction) {
    length += 1 + count_digits(text.substr(length + 1));
  } else if (length == 0) {
    return std::nullopt;
  }
  if (length < text.size() && (text[length] == 'e' || text[length] == 'E')) {
    std::size_t behind = length + 1;
    if (behind < text.size() && (text[behind] == '+' || text[behind] == '-')) ++behind;
    const std::size_t digits = count_digits(text.substr(behind));
    if (digits > 0) length = behind + digits;
  }
  position_ += length;
  return text.substr(0, length);
}

std::optional<std::string> Reader::take_string() {
  const auto text = rest();
  std::string content;
  for (std::size_t at = 1; at < text.size();) {
    if (text[at] == '"') {
      position_ += at + 1;
      return content;
    }
    if (text[at] == '\\' && at + 1 < text.size()) {
      at += append_escape(content, text.substr(at));
    } else {
      content += text[at++];
    }
  }
  return std::nullopt;
}

std::string Reader::take_words() {
  std::string name;
  for (auto word = next_word(); !word.empty() && !is_keyword(word) && word != "?";
       word = next_word()) {
    name += (name.empty() ? "" : " ") + std::string(word);
    position_ += word.size();
  }
  return name;
}

std::string Reader::take_declared_name(std::string_view signs, std::string_view keyword) {
  const std::size_t begin = position();
  if (next_word().empty()) return {};
  while (!at_end() && signs.find(rest().front()) == signs.npos) {
    const auto word = next_word();
    if (!keyword.empty() && word == keyword && position() > begin) break;
    if (!word.empty()) {
      position_ += word.size();
      continue;
    }
    const auto [sign, size] = first_code_point(rest());
    if (!is_name_sign(sign) && !is_name_part(sign)) break;
    position_ += size;
  }
  const auto name = text_.substr(begin, position_ - begin);
  const bool ended = !at_end() && (signs.find(rest().front()) != signs.npos ||
                                   (!keyword.empty() && next_is_word(keyword)));
  if (ended && !parts_of_name(name).empty()) return normal_name(name);
  position_ = begin;
  return {};
}

}  // namespace jishi::feel
