#include "base/feel/names.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace jishi::feel {

namespace {

struct Span {
  char32_t first;
  char32_t last;
};

// DMN 1.5, 10.3.1.2 rule 28; letters of Latin, and all other scripts.
constexpr std::array kStarts{
    Span{'?', '?'},       Span{'A', 'Z'},       Span{'_', '_'},       Span{'a', 'z'},
    Span{0xC0, 0xD6},     Span{0xD8, 0xF6},     Span{0xF8, 0x2FF},    Span{0x370, 0x37D},
    Span{0x37F, 0x1FFF},  Span{0x200C, 0x200D}, Span{0x2070, 0x218F}, Span{0x2C00, 0x2FEF},
    Span{0x3001, 0xD7FF}, Span{0xF900, 0xFDCF}, Span{0xFDF0, 0xFFFD}, Span{0x10000, 0xEFFFF}};
constexpr std::array kParts{Span{'0', '9'}, Span{0xB7, 0xB7}, Span{0x300, 0x36F},
                            Span{0x203F, 0x2040}};
constexpr std::array kSpaces{Span{0x9, 0xD},       Span{0x20, 0x20},     Span{0x85, 0x85},
                             Span{0xA0, 0xA0},     Span{0x1680, 0x1680}, Span{0x180E, 0x180E},
                             Span{0x2000, 0x200B}, Span{0x2028, 0x2029}, Span{0x202F, 0x202F},
                             Span{0x205F, 0x205F}, Span{0x3000, 0x3000}, Span{0xFEFF, 0xFEFF}};
constexpr std::array<std::string_view, 18> kKeywords{
    "and", "between",  "else", "every", "external", "false",     "for",  "function", "if",
    "in",  "instance", "null", "or",    "return",   "satisfies", "some", "then",     "true"};

template <std::size_t Count>
bool within(const std::array<Span, Count>& spans, char32_t sign) {
  return std::any_of(spans.begin(), spans.end(),
                     [sign](const Span& span) { return sign >= span.first && sign <= span.last; });
}

std::size_t space_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const auto [sign, size] = first_code_point(text.substr(length));
    if (!is_space(sign)) break;
    length += size;
  }
  return length;
}

// The word at the front, or one sign; empty for anything else.
NamePart first_part(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const auto [sign, size] = first_code_point(text.substr(length));
    if (!is_name_part(sign)) break;
    length += size;
  }
  if (length > 0 || text.empty()) return text.substr(0, length);
  const auto [sign, size] = first_code_point(text);
  return is_name_sign(sign) ? text.substr(0, size) : std::string_view();
}

bool is_word(NamePart part) {
  return is_name_part(first_code_point(part).value);
}

}  // namespace

bool is_name_start(char32_t sign) {
  return within(kStarts, sign) && !is_space(sign);
}

bool is_name_part(char32_t sign) {
  return is_name_start(sign) || within(kParts, sign);
}

bool is_name_sign(char32_t sign) {
  constexpr char32_t kQuote = 0x2019;
  return sign == '.' || sign == '/' || sign == '-' || sign == '\'' || sign == '+' || sign == '*' ||
         sign == kQuote;
}

bool is_space(char32_t sign) {
  return within(kSpaces, sign);
}

bool is_keyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

bool is_plain_name(std::string_view name) {
  const auto parts = parts_of_name(name);
  if (parts.empty() || !is_name_start(first_code_point(name).value)) return false;
  return std::all_of(parts.begin(), parts.end(), [](NamePart part) {
    return is_word(part) && is_name_start(first_code_point(part).value) && !is_keyword(part) &&
           part != "?";
  });
}

std::vector<NamePart> parts_of_name(std::string_view name) {
  std::vector<NamePart> parts;
  name.remove_prefix(space_length(name));
  while (!name.empty()) {
    const NamePart part = first_part(name);
    if (part.empty()) return {};
    parts.push_back(part);
    name.remove_prefix(part.size());
    name.remove_prefix(space_length(name));
  }
  return parts;
}

std::string normal_name(std::string_view name) {
  const auto parts = parts_of_name(name);
  if (parts.empty()) return std::string(name);
  std::string text;
  bool word_before = false;
  for (const NamePart part : parts) {
    if (word_before && is_word(part)) text += ' ';
    text += part;
    word_before = is_word(part);
  }
  return text;
}

std::size_t match_name(std::string_view text, std::string_view name) {
  std::size_t length = 0;
  bool first = true;
  for (const NamePart part : parts_of_name(name)) {
    std::size_t at = length;
    if (!first) at += space_length(text.substr(length));
    if (first_part(text.substr(at)) != part) return 0;
    length = at + part.size();
    first = false;
  }
  return length;
}

void NameSet::add(std::string_view name) {
  const auto parts = parts_of_name(name);
  if (parts.empty()) return;
  auto& names = by_first_word_[std::string(parts.front())];
  if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

NameSet::Found NameSet::longest(std::string_view text) const {
  Found best;
  const auto found = by_first_word_.find(first_part(text));
  if (found == by_first_word_.end()) return best;
  for (const std::string& name : found->second) {
    const std::size_t length = match_name(text, name);
    if (length > best.length) best = {name, length};
  }
  return best;
}

}  // namespace jishi::feel
