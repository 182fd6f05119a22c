#pragma once
// One call of import: all its files are one import, in which their order does not matter, and one
// transaction, of which everything is kept or nothing.

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/codes.hpp"
#include "ledger/store.hpp"
#include "modules/intake/read/layout.hpp"
#include "modules/intake/rows.hpp"

namespace jishi::intake {

inline constexpr std::size_t kMaxFiles = 1'000;
inline constexpr std::size_t kMaxNotices = 100;  // kept a sheet; the rest are counted

struct ImportRequest {
  std::vector<std::filesystem::path> files;
  std::string source = "workbooks";
  std::optional<int> rank;  // of the source; nothing: as remembered
  bool dry_run = false;
  std::vector<std::pair<std::string, std::string>>
      mapping;  // header -> canonical header, or empty: a note
};

/// What a person should know of an accepted row, or of a sheet.
struct Notice {
  std::uint32_t row = 0;  // 0: of the sheet
  Problem problem;
};

struct SheetReport {
  std::string file;
  std::optional<std::string> sheet;
  std::optional<SheetKind> kind;
  std::optional<SheetKind> nearest;  // of a sheet that was not recognised
  std::vector<std::string> missing;  // required columns that such a sheet lacks
  std::vector<std::string> unknown_columns;
  std::uint32_t header_row = 0;                // of one that was recognised, as the next two
  std::vector<std::string> headers;            // as written, by the sheet's columns
  std::vector<std::optional<Column>> columns;  // what each of them means; nothing: unknown
  bool hidden = false;
  std::int64_t rows = 0;
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  std::int64_t unchanged = 0;
  std::vector<Notice> notices;
  std::int64_t notice_count = 0;
};

/// One row and one code for which it was refused.
struct Refusal {
  std::string file;
  std::optional<std::string> sheet;
  std::uint32_t row = 0;
  Problem problem;
  std::size_t number = 0;  // of the sheet within the import, as accept_refused_row() takes it
};

struct ImportReport {
  std::vector<SheetReport> sheets;
  Id batch = kNoId;
  bool changed = false;      // something was written that the store did not hold
  std::int64_t refused = 0;  // rows
  /// Every sheet recognised and every row accepted.
  bool clean() const;
};

/// Is told what happens while it happens. Called from the threads of the import, never two at once.
class ImportObserver {
 public:
  virtual ~ImportObserver() = default;
  virtual void refused(const Refusal& refusal) = 0;
  /// `rows` were dealt with so far in all; `part` of the bytes are behind us (0..1).
  virtual void progress(std::int64_t rows, double part) = 0;
};

/// Imports the files. Fails, with nothing kept, when a file cannot be read to its end (the error
/// names it), when `cancel` becomes true (intake.cancelled), or when the store fails.
Result<ImportReport> import_workbooks(Store& store, Actor actor, const ImportRequest& request,
                                      const Codes& codes, ImportObserver& observer,
                                      const std::atomic<bool>& cancel);

/// Takes typed rows as if they had come from workbooks: the demo city's way in. Rows must come
/// organisations first, then members, posts, activities, payments.
class RowStream {
 public:
  virtual ~RowStream() = default;
  /// Gives the next rows, or none at the end. Called from a thread of its own.
  virtual std::vector<Row> next() = 0;
};
Result<ImportReport> import_rows(Store& store, Actor actor, std::string_view source,
                                 RowStream& rows, ImportObserver& observer,
                                 const std::atomic<bool>& cancel);

}  // namespace jishi::intake
