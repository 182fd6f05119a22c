#pragma once
// The readers that open() chooses from.

#include <memory>

#include "platform/sheets/source.hpp"

namespace jishi::sheets {

Result<std::unique_ptr<Workbook>> open_xlsx(const Source& source);
Result<std::unique_ptr<Workbook>> open_xls(const Source& source);
Result<std::unique_ptr<Workbook>> open_csv(const Source& source);

}  // namespace jishi::sheets
