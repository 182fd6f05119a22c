#pragma once
// The kinds of sheet that may be imported: their columns, which values those take, and an empty
// workbook of each to be filled in.

#include "modules/intake/import_job/import_job.hpp"

namespace jishi::intake {

struct WorkbookColumn {
  std::string header;
  std::string need;                  // required | either | optional: of `either` one is enough
  std::optional<std::string> codes;  // the code set of its values
  bool open = false;                 // other values than those are kept as written
};
BOOST_DESCRIBE_STRUCT(WorkbookColumn, (), (header, need, codes, open))

struct WorkbookKind {
  std::string kind;
  std::string label;
  std::vector<WorkbookColumn> columns;
};
BOOST_DESCRIBE_STRUCT(WorkbookKind, (), (kind, label, columns))

std::vector<WorkbookKind> workbook_kinds(Language language);

/// Writes an empty .xlsx of the kind, with drop-downs where a column has a code set. Errors are
/// those of the sheet writer.
Result<Done> write_template(SheetKind kind, const Codes& codes, const std::filesystem::path& path);

/// GET /api/v1/workbooks, GET /api/v1/workbooks/{kind}/template.
void workbook_routes(api::Routes& routes, const ImportService& service);

}  // namespace jishi::intake
