#include "modules/intake/import/kept_cells.hpp"

#include <algorithm>
#include <charconv>

namespace jishi::intake {

namespace {

using sheets::Cell;

constexpr char kSeparator = '\x1f';

// A control character no cell begins with stands for the kind; a text has none.
char sign_of(Cell::Kind kind) {
  switch (kind) {
    case Cell::Kind::number: return '\x01';
    case Cell::Kind::date: return '\x02';
    case Cell::Kind::boolean: return '\x03';
    case Cell::Kind::error: return '\x04';
    case Cell::Kind::empty:
    case Cell::Kind::text: break;
  }
  return '\0';
}

Cell::Kind kind_of(char sign) {
  for (const auto kind :
       {Cell::Kind::number, Cell::Kind::date, Cell::Kind::boolean, Cell::Kind::error}) {
    if (sign == sign_of(kind)) return kind;
  }
  return Cell::Kind::text;
}

Cell cell_of(std::string_view kept) {
  constexpr std::size_t kDateLength = 10;  // what follows is a time of day
  Cell cell;
  if (kept.empty()) return cell;
  cell.kind = kind_of(kept.front());
  if (cell.kind != Cell::Kind::text) kept.remove_prefix(1);
  cell.text = kept;
  if (cell.kind == Cell::Kind::number)
    std::from_chars(kept.data(), kept.data() + kept.size(), cell.number);
  if (cell.kind == Cell::Kind::boolean) cell.number = kept == "TRUE" ? 1 : 0;
  if (cell.kind == Cell::Kind::date) {
    const auto date = parse_iso_date(kept.substr(0, kDateLength));
    if (date)
      cell.date = *date;
    else
      cell.kind = Cell::Kind::text;
  }
  return cell;
}

}  // namespace

std::string keep_cells(std::span<const Cell> cells) {
  std::string kept;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) kept += kSeparator;
    const char sign = sign_of(cells[i].kind);
    if (sign != '\0') kept += sign;
    std::string_view text = cells[i].text;
    // Signs of our own within a cell (a damaged csv) would be taken for what they are not.
    const auto is_own = [](char c) { return c == kSeparator || (c >= '\x01' && c <= '\x04'); };
    if (std::none_of(text.begin(), text.end(), is_own)) {
      kept += text;
    } else {
      for (const char c : text) kept += is_own(c) ? ' ' : c;
    }
  }
  return kept;
}

KeptCells::KeptCells(std::string kept) : kept_(std::move(kept)) {
  std::string_view rest = kept_;
  if (rest.empty()) return;
  while (true) {
    const std::size_t end = std::min(rest.find(kSeparator), rest.size());
    cells_.push_back(cell_of(rest.substr(0, end)));
    if (end == rest.size()) return;
    rest.remove_prefix(end + 1);
  }
}

}  // namespace jishi::intake
