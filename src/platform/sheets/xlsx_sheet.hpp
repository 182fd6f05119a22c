#pragma once
// One sheet of an .xlsx, from its XML to rows.

#include <atomic>

#include "platform/sheets/row_builder.hpp"
#include "platform/sheets/xlsx_parts.hpp"

namespace jishi::sheets {

struct SheetContext {
  SharedStrings& strings;
  const Styles& styles;
  Epoch epoch = Epoch::e1900;
  std::string name;                   // for errors
  std::atomic<std::uint64_t>& bytes;  // read so far
};

/// Gives the rows of the sheet in `part` to `sink`.
Result<Done> read_xlsx_sheet(ZipPackage& package, ZipPart part, const SheetContext& context,
                             RowSink& sink);

}  // namespace jishi::sheets
