#pragma once
// A list as a file that people take along: .xlsx or .csv, written row by row to disk and sent from
// there. Whoever exports is on record before the first byte leaves.

#include <atomic>
#include <functional>

#include "api/call.hpp"
#include "api/export/cells.hpp"
#include "base/codes.hpp"

namespace jishi::api {

/// Rows of a table that is made while its asker waits; longer ones are for a job.
inline constexpr std::int64_t kMaxExportRows = 200'000;
/// Rows of a table that a job makes.
inline constexpr std::int64_t kMaxXlsxRows = 1'048'575;  // a sheet's, without its header
inline constexpr std::int64_t kMaxCsvRows = 20'000'000;
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
  std::vector<std::string> columns;        // of the list
  std::vector<std::string_view> chosen;    // of the columns; empty: all
  std::vector<std::string> personal = {};  // that follow them
  std::string purpose = {};
};

/// What ends a table early.
struct TableBounds {
  std::int64_t rows = kMaxExportRows;
  std::string_view too_long = "api.export_too_long";  // what more rows are refused with
  std::int64_t bytes = std::int64_t{1} << 40U;        // of its texts
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(std::int64_t rows)> progress = {};
};

/// Takes rows as they come.
class TableRows {
 public:
  virtual ~TableRows() = default;
  /// Errors: what the bounds say, api.export_no_room, api.export_cancelled, those of writing
  /// sheets.
  virtual Result<Done> add(std::vector<Cell> cells) = 0;
};

using WriteRows = std::function<Result<Done>(TableRows&)>;

/// Makes the table of what `write` adds, at `path`; nothing is left there when it fails. Returns
/// how many rows it has. A table with personal columns says in each row who took it, when and under
/// which request. Errors: those of refuse_table, of the rows and of `write`.
Result<std::int64_t> write_table(const Call& call, const TableAsked& asked,
                                 const std::filesystem::path& path, const TableBounds& bounds,
                                 const WriteRows& write);

/// The same while its asker waits, as the answer: a file to keep.
Result<http::Response> export_table(Call& call, const TableAsked& asked, const WriteRows& write);

/// The answer that hands over a table's file, which goes away afterwards where `passing`.
http::Response table_answer(const Call& call, std::string_view list, TableFormat format,
                            std::filesystem::path path, bool passing);

/// api.export_unknown_column, api.purpose_length: what can be said before the first row.
std::optional<Error> refuse_table(const TableAsked& asked);

/// api.forbidden unless the caller may take this list along, `personal` columns too.
std::optional<Error> refuse_export(const Call& call, bool personal);

/// Where what a call's list shows lies: of the caller's scope the part below its organisation.
std::vector<Place> shown_places(const Call& call);
/// Whether the caller's scope still covers such places.
bool still_shown(const Call& call, const std::vector<Place>& places);

/// The format that a request asks for; nothing for JSON. Error: api.format_unknown.
Result<std::optional<TableFormat>> format_of(const http::Request& request);

}  // namespace jishi::api
