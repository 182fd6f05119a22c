#pragma once
// Which kind of sheet this is and which of its columns means what, found from its header row.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "modules/intake/read/columns.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::intake {

/// The header row stands among the rows numbered 1 to this.
inline constexpr std::uint32_t kHeaderRows = 20;

/// The spreadsheet's own name of a column, counted from 0: A, B, … Z, AA.
std::string column_letters(std::size_t column);

/// How the rows of one sheet are to be read.
struct Layout {
  SheetKind kind = SheetKind::organisations;
  std::uint32_t header_row = 0;                // as the spreadsheet counts; data stand below it
  std::vector<std::optional<Column>> columns;  // by the sheet's columns; nothing: unknown
  std::vector<std::string> headers;            // as written; `C` for the third where it has none
  sheets::Epoch epoch = sheets::Epoch::e1900;

  /// The headers of the unknown columns, whose cells are kept as source notes.
  std::vector<std::string> unknown_headers() const;
  /// The columns that more than one header means.
  std::vector<Column> doubled_columns() const;
};

/// A sheet that is no kind of sheet, and what it lacked where only one or two columns did.
struct Unrecognised {
  std::optional<SheetKind> nearest;
  std::uint32_t header_row = 0;
  std::vector<std::string> missing;  // canonical headers; `人员编号/公民身份号码` for one of two
};

using Recognition = std::variant<Layout, Unrecognised>;

/// What a person decided about a sheet's columns, over what the headers say.
struct Mapping {
  std::optional<SheetKind> kind;  // of the sheet; nothing: as recognised
  // Header as in the sheet, and what it means; nothing: keep it as a source note.
  std::vector<std::pair<std::string, std::optional<Column>>> columns;
};

/// Finds the header row of a sheet: the row that has all required columns of a kind, and most
/// columns; of two alike the upper one, and the kind with more required columns.
class Recogniser {
 public:
  explicit Recogniser(sheets::Epoch epoch, Mapping mapping = {});

  /// Looks at the next row; false when no further row can be the header.
  bool look_at(std::uint32_t number, std::span<const sheets::Cell> cells);

  /// What was found in the rows looked at.
  Recognition result() &&;

 private:
  std::optional<Column> column_of(SheetKind kind, std::string_view folded_header) const;
  void consider(SheetKind kind, std::uint32_t number, const std::vector<std::string>& headers);

  struct Candidate {
    Layout layout;
    std::vector<std::string> missing;
    std::size_t matched = 0;   // columns of the kind that are there
    std::size_t required = 0;  // of them required ones
    bool better_than(const Candidate& other) const;
  };

  Mapping mapping_;
  std::optional<Candidate> best_;
  sheets::Epoch epoch_;
};

/// Reads the head of a sheet. Errors are those of Workbook::read.
Result<Recognition> recognise(sheets::Workbook& workbook, std::size_t sheet, Mapping mapping = {});

}  // namespace jishi::intake
