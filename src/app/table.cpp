#include "app/table.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace jishi::app {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Wide and full-width characters of UAX #11, as far as office texts have them.
constexpr std::array<Range, 18> kWide{{{0x1100, 0x115F},
                                       {0x2E80, 0x303E},
                                       {0x3041, 0x33FF},
                                       {0x3400, 0x4DBF},
                                       {0x4E00, 0x9FFF},
                                       {0xA000, 0xA4CF},
                                       {0xA960, 0xA97F},
                                       {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},
                                       {0xFE10, 0xFE19},
                                       {0xFE30, 0xFE6F},
                                       {0xFF00, 0xFF60},
                                       {0xFFE0, 0xFFE6},
                                       {0x1F300, 0x1F64F},
                                       {0x1F680, 0x1F6FF},
                                       {0x1F900, 0x1F9FF},
                                       {0x20000, 0x2FFFD},
                                       {0x30000, 0x3FFFD}}};
constexpr std::array<Range, 4> kCombining{
    {{0x0300, 0x036F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}}};

template <class Ranges>
bool within(const Ranges& ranges, char32_t sign) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return sign >= range.first && sign <= range.last; });
}

std::size_t width_of(char32_t sign) {
  if (sign < 0x300) return 1;
  if (is_zero_width(sign) || within(kCombining, sign)) return 0;
  return within(kWide, sign) ? 2 : 1;
}

bool is_control(char32_t sign) {
  return sign < 0x20 || (sign >= 0x7F && sign < 0xA0);
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    width += width_of(next.value);
    text.remove_prefix(next.length);
  }
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string kept;
  std::size_t used = 1;  // of the sign that says that something is missing
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    used += width_of(next.value);
    if (used > width) break;
    kept += text.substr(0, next.length);
    text.remove_prefix(next.length);
  }
  return kept + "…";
}

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (is_control(next.value)) {
      clean += ' ';
    } else {
      clean += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  return clean;
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t sign = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > sign + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

void Table::row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) {
    const bool last = &cell == &cells.back();
    cell = cut_to_width(printable(cell), last ? kMaxLastCellWidth : kMaxCellWidth);
  }
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const TableColumn& column : columns_) widths.push_back(display_width(column.title));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  std::string lines;
  const auto add = [&](const auto& cell_of) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& cell = cell_of(i);
      const std::string room(widths[i] - display_width(cell), ' ');
      line += i == 0 ? "  " : "   ";
      line += columns_[i].align == Align::right ? room + cell : cell + room;
    }
    while (line.ends_with(' ')) line.pop_back();
    lines += line + "\n";
  };
  add([&](std::size_t i) -> const std::string& { return columns_[i].title; });
  std::size_t total = columns_.empty() ? 0 : 3 * (columns_.size() - 1);
  for (const std::size_t width : widths) total += width;
  lines += "  ";
  for (std::size_t i = 0; i < total; ++i) lines += "─";
  lines += "\n";
  for (const auto& row : rows_) add([&](std::size_t i) -> const std::string& { return row[i]; });
  return lines;
}

}  // namespace jishi::app
