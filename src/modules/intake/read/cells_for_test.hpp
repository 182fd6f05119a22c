#pragma once
// Sheets and rows in the tests' own words.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "modules/intake/read/read_row.hpp"
#include "platform/pack/codes_file.hpp"

namespace jishi::intake::testing {

using sheets::Cell;

inline Cell text_cell(std::string_view text) {
  Cell cell;
  cell.kind = text.empty() ? Cell::Kind::empty : Cell::Kind::text;
  cell.text = text;
  return cell;
}

/// A number as the sheets layer gives it: `digits` is what the file holds or the shortest form.
inline Cell number_cell(double number, std::string_view digits) {
  Cell cell;
  cell.kind = Cell::Kind::number;
  cell.number = number;
  cell.text = digits;
  return cell;
}

inline Cell date_cell(int year, unsigned month, unsigned day, std::string_view text) {
  Cell cell;
  cell.kind = Cell::Kind::date;
  cell.date = *make_date(year, month, day);
  cell.text = text;
  return cell;
}

inline Cell error_cell() {
  Cell cell;
  cell.kind = Cell::Kind::error;
  cell.text = "#N/A";
  return cell;
}

inline std::vector<Cell> text_cells(const std::vector<std::string_view>& texts) {
  std::vector<Cell> cells;
  for (const auto text : texts) cells.push_back(text_cell(text));
  return cells;
}

inline Recognition recognise_headers(const std::vector<std::string_view>& headers,
                                     Mapping mapping = {}) {
  Recogniser recogniser(sheets::Epoch::e1900, std::move(mapping));
  recogniser.look_at(1, text_cells(headers));
  return std::move(recogniser).result();
}

inline const Codes& codes_of_pack() {
  static const Codes kCodes = *load_codes(JISHI_SOURCE_DIR "/packs/party/codes.toml");
  return kCodes;
}

inline const Date kToday = *make_date(2026, 3, 1);

/// One sheet with its reader. Rows are given by header, so that a test names only what matters.
class Sheet {
 public:
  explicit Sheet(std::vector<std::string_view> headers)
      : headers_(headers),
        layout_(std::get<Layout>(recognise_headers(headers))),
        reader_(layout_, codes_of_pack(), kToday) {}
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  using Changes = std::vector<std::pair<std::string_view, Cell>>;

  /// The row `usual`, with the cells of some headers changed.
  std::vector<Cell> row(std::vector<std::string_view> usual, const Changes& changes = {}) const {
    auto cells = text_cells(usual);
    for (const auto& [header, cell] : changes) {
      const auto at = std::find(headers_.begin(), headers_.end(), header);
      cells.at(static_cast<std::size_t>(at - headers_.begin())) = cell;
    }
    return cells;
  }

  const RowReader& reader() const { return reader_; }
  const Layout& layout() const { return layout_; }

 private:
  std::vector<std::string_view> headers_;
  Layout layout_;
  RowReader reader_;
};

/// `code@column` of each refusing problem, in order, with a blank between.
inline std::string refusals(const ReadRow& row) {
  std::string result;
  for (const auto& problem : row.problems) {
    if (!problem.refuses) continue;
    if (!result.empty()) result += ' ';
    result += problem.code + "@" + problem.column;
  }
  return result;
}

/// The same of what is only reported.
inline std::string reports(const ReadRow& row) {
  std::string result;
  for (const auto& problem : row.problems) {
    if (problem.refuses) continue;
    if (!result.empty()) result += ' ';
    result += problem.code + "@" + problem.column;
  }
  return result;
}

/// A row that differs from the usual one, and what it is refused for.
struct Case {
  Sheet::Changes changes;
  const char* refused;
};

template <class Kind>
Kind as(const ReadRow& row) {
  return std::get<Kind>(row.row);
}

/// Each case must be refused for just what it says, and the usual row for nothing.
inline void expect(const Sheet& sheet, const std::vector<std::string_view>& usual,
                   const std::vector<Case>& cases) {
  EXPECT_EQ(refusals(sheet.reader().read(sheet.row(usual))), "");
  for (const auto& [changes, refused] : cases) {
    const auto row = sheet.reader().read(sheet.row(usual, changes));
    EXPECT_EQ(refusals(row), refused) << changes[0].first << " = " << changes[0].second.text;
    EXPECT_EQ(row.refused(), *refused != '\0');
  }
}

}  // namespace jishi::intake::testing
