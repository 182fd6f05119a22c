#pragma once
// A list as a file that people take along: .xlsx or .csv, written row by row to disk and sent from
// there. Whoever exports is on record before the first byte leaves.

#include <functional>

#include "api/call.hpp"
#include "api/export/cells.hpp"
#include "base/codes.hpp"

namespace jishi::api {

inline constexpr std::int64_t kMaxExportRows = 200'000;
/// Rows that are asked of a list at a time.
inline constexpr int kExportPage = 200;

/// The bounds of a purpose, in characters.
inline constexpr std::size_t kLeastPurpose = 4;
inline constexpr std::size_t kMostPurpose = 200;

enum class TableFormat { csv, xlsx };
BOOST_DESCRIBE_ENUM(TableFormat, csv, xlsx)

/// What is told of an export.
struct Exported {
  const Caller& caller;
  Id organisation = kNoId;                   // whose list it is; kNoId of lists that belong to none
  std::string_view list;                     // the name of the route
  const std::vector<std::string>& personal;  // columns that are masked elsewhere
  std::string purpose;                       // of those
  std::int64_t rows = 0;
  TableFormat format = TableFormat::csv;
};

/// What exports need of the program.
struct Exporting {
  const Codes& codes;            // values are written as their names
  std::filesystem::path folder;  // for files on their way
  std::function<void(const Exported&)> on_exported;
};

/// The table that is to be made.
struct TableAsked {
  std::string_view list;  // the name of the route
  TableFormat format = TableFormat::csv;
  std::vector<std::string> columns;
  std::vector<std::string_view> chosen;  // of the columns; empty: all
  std::vector<std::string> personal = {};
  std::string purpose = {};
};

/// Takes rows as they come.
class TableRows {
 public:
  virtual ~TableRows() = default;
  /// Errors: api.export_too_long, those of writing sheets.
  virtual Result<Done> add(std::vector<Cell> cells) = 0;
};

/// Makes the table of what `write` adds and answers with it, as a file to keep. A table with
/// personal columns says in each row who took it, when and under which request. Errors:
/// api.export_unknown_column, api.purpose_length, those of `write`.
Result<http::Response> export_table(Call& call, const TableAsked& asked,
                                    const std::function<Result<Done>(TableRows&)>& write);

/// The format that a request asks for; nothing for JSON. Error: api.format_unknown.
Result<std::optional<TableFormat>> format_of(const http::Request& request);

}  // namespace jishi::api
