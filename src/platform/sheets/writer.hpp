#pragma once
// Spreadsheets out, a row at a time, as .xlsx or delimited text behind one interface.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/date.hpp"
#include "base/result.hpp"

namespace jishi::sheets {

/// A value to write; monostate leaves the cell empty.
using Value = std::variant<std::monostate, std::string_view, std::int64_t, double, Date>;

/// A column: its header and its width in characters of a Latin font (a Chinese one takes two);
/// 0 takes the width of the header.
struct Column {
  std::string header;
  double width = 0;
};

/// Writes sheets one after another: begin_sheet, its rows, the next begin_sheet …, finish. The file
/// is complete only after finish() has succeeded; dropped before, it is removed.
class SheetWriter {
 public:
  virtual ~SheetWriter() = default;
  SheetWriter() = default;
  SheetWriter(const SheetWriter&) = delete;
  SheetWriter& operator=(const SheetWriter&) = delete;

  /// Starts a sheet with its header row. A name too long or with characters that Excel refuses is
  /// mended; one already taken gets a number. Refused with `sheets.one_sheet` for a second of csv.
  virtual Result<Done> begin_sheet(std::string_view name, std::span<const Column> columns) = 0;
  /// Adds a row. In an .xlsx text is always text, never a formula, and a whole number of more than
  /// 15 digits is written as text, so that no digits are dropped; for csv see CsvOptions. Bytes
  /// that are no UTF-8 become U+FFFD.
  /// Errors: `sheets.too_many_rows`, `too_many_columns`, `cell_too_long`, `sheet_too_large` (of an
  /// .xlsx), `unwritable`.
  virtual Result<Done> row(std::span<const Value> cells) = 0;
  /// Writes what is left and closes the file. Errors: `sheets.unwritable`.
  virtual Result<Done> finish() = 0;
};

struct CsvOptions {
  bool byte_order_mark = true;  // without it, Excel takes UTF-8 for the local code page
  // Puts ' before a text that begins with = + - @ (or a tab or line break), which a spreadsheet
  // would run as a formula. For files that go to other people; off where the file is read back,
  // because the ' stays in the text.
  bool guard_formulas = false;
  char delimiter = ',';
};

/// A writer of .xlsx in constant memory. The same rows give the same bytes: no clock, no user.
Result<std::unique_ptr<SheetWriter>> write_xlsx(const std::filesystem::path& path);

/// A writer of UTF-8 delimited text as in RFC 4180 (quotes where needed, lines end in CR LF).
Result<std::unique_ptr<SheetWriter>> write_csv(const std::filesystem::path& path,
                                               const CsvOptions& options = {});

}  // namespace jishi::sheets
