#pragma once
// What every reader of this folder is given: the file, the name that errors show, and the limits.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::sheets {

struct Source {
  std::filesystem::path path;
  std::string name;  // as errors show it
  Limits limits;

  /// The error `sheets.<code>` with this file's name before the other arguments.
  Error error(std::string_view code, Arguments more = {}) const;
};

/// Where in a workbook an error stands: a sheet (absent in csv) and a row.
struct Place {
  std::optional<std::string> sheet;
  std::uint32_t row = 0;

  /// `sheet` (empty for csv), `row`, and `where`: the file's name with that of the sheet.
  Arguments arguments(std::string_view file) const;
};

/// What stands against a cell or row, before it is told where.
enum class Refusal { none, too_many_columns, cell_too_long, row_too_long, too_many_rows };

/// The error for a refusal, naming sheet and row and the limit that was passed.
Error refused(const Source& source, Refusal refusal, const Place& place);

}  // namespace jishi::sheets
