#pragma once
// Spreadsheets in, as a stream: .xlsx, .xls and delimited text through one interface, told apart by
// their content. Knows cells, not what they mean. Memory does not grow with the number of rows;
// the shared strings of an .xlsx and the whole of an .xls are held, both under a limit.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace jishi::sheets {

/// How many of everything a workbook may have. Passing one ends in `sheets.too_large`,
/// `xls_too_large`, `ratio`, `too_many_rows`, `too_many_columns`, `too_many_sheets`,
/// `cell_too_long`, `row_too_long` or, for depth, `bad_xml`. All are counted while reading; what a
/// file says about itself is not trusted.
struct Limits {
  std::uint64_t file_bytes = 4ULL << 30;        // the file as it is on disk
  std::uint64_t xls_file_bytes = 64ULL << 20;   // an .xls, which is held in memory
  std::uint64_t entry_bytes = 8ULL << 30;       // one part of an .xlsx, unzipped
  std::uint64_t workbook_bytes = 16ULL << 30;   // all parts, unzipped; a part read twice is two
  std::uint64_t ratio = 300;                    // unzipped : zipped, of one part
  std::uint64_t ratio_free_bytes = 8ULL << 20;  // unzipped bytes below which any ratio passes
  std::uint64_t shared_string_bytes = 512ULL << 20;  // texts of an .xlsx that cells refer to
  std::uint64_t row_bytes = 8ULL << 20;              // the texts of one row
  std::uint32_t text_length = 32'767;                // characters (UTF-16 units) in one cell
  std::uint32_t columns = 16'384;
  std::uint32_t workbook_rows = 1'048'576;  // .xlsx and .xls
  std::uint32_t csv_rows = 20'000'000;
  std::uint32_t sheets = 256;
  std::uint32_t xml_depth = 64;
};

/// Where a workbook's day numbers begin: 1900 (with a 29 February 1900 that never was) or 1904.
enum class Epoch { e1900, e1904 };

/// The calendar date of a day number, the time of day dropped; nothing for numbers that are no day
/// of that epoch (negative, 0 and 60 of 1900, after 9999-12-31).
std::optional<Date> date_of_serial(double serial, Epoch epoch);

/// One cell. Views are valid during the call of RowSink::row only.
struct Cell {
  enum class Kind : std::uint8_t { empty, text, number, date, boolean, error };

  Kind kind = Kind::empty;
  bool formula = false;  // the value is the stored result of a formula
  // text: the content, UTF-8. number: the shortest digits that give `number` back, except from 1e15
  // on, where it is what the file holds, so that lost digits can be told (`4.10101199001011E+17`).
  // date: `2024-03-05`, with ` 13:20:00` behind if there is a time. boolean: TRUE, FALSE.
  // error: `#N/A` and the like. Cells of csv are text or empty; `="0123"`, which programs write to
  // keep a spreadsheet from taking it for a number, is the text 0123 with `formula`.
  std::string_view text;
  double number = 0;  // number and date (the day number); boolean: 0 or 1
  Date date{};        // date only
};

/// Takes the rows of a sheet.
class RowSink {
 public:
  virtual ~RowSink() = default;
  /// One row that has at least one filled cell; `cells[i]` is column i, up to the last filled one.
  /// `number` is as the spreadsheet counts, from 1; for csv the line where the record begins.
  /// Return false to stop reading.
  virtual bool row(std::uint32_t number, std::span<const Cell> cells) = 0;
};

/// A sheet; `index` is its place in Workbook::sheets(). Delimited text is one sheet without a name.
struct SheetInfo {
  std::optional<std::string> name;
  bool hidden = false;
  std::size_t index = 0;
};

enum class Format { xlsx, xls, csv };

/// How far the current read is, in bytes of the sheet's source; `total` is what the file states.
struct Progress {
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

/// An open workbook. One thread reads it at a time; progress() may be asked from any thread.
class Workbook {
 public:
  virtual ~Workbook() = default;
  Workbook() = default;
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  virtual Format format() const = 0;
  /// The sheets that hold cells, in the workbook's order; chart and dialog sheets are passed over.
  virtual const std::vector<SheetInfo>& sheets() const = 0;
  /// The epoch in which bare day numbers of this workbook count; 1900 for csv.
  virtual Epoch epoch() const = 0;
  /// Gives the rows of a sheet to `sink` in the file's order. May be called again for the same
  /// sheet. After an error the rows given before it stand, and the error names where it stopped
  /// (`file`, `where`, `sheet`, `row`). Errors: as open(), and `sheets.open_quote`, `bad_encoding`.
  virtual Result<Done> read(std::size_t sheet, RowSink& sink) = 0;
  virtual Progress progress() const = 0;
};

/// Opens a workbook, deciding by its content: a zip archive is .xlsx, an OLE2 container .xls, all
/// else delimited text. `shown_as` is the name that errors show instead of the path's (uploads).
/// Errors: `sheets.not_found`, `unreadable`, `empty`, `truncated`, `damaged`, `encrypted`,
/// `unsupported`, `web_page`, `bad_xml` and those of Limits; texts in texts.toml.
Result<std::unique_ptr<Workbook>> open(const std::filesystem::path& path, const Limits& limits = {},
                                       std::string_view shown_as = {});

/// Reads a sheet into a function `bool(std::uint32_t number, std::span<const Cell> cells)`.
template <class Function>
Result<Done> read_rows(Workbook& workbook, std::size_t sheet, Function function) {
  struct Sink final : RowSink {
    explicit Sink(Function& target) : function(target) {}
    bool row(std::uint32_t number, std::span<const Cell> cells) override {
      return function(number, cells);
    }
    Function& function;
  };
  Sink sink(function);
  return workbook.read(sheet, sink);
}

}  // namespace jishi::sheets
