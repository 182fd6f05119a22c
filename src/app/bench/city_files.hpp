#pragma once
// The organisations and the members of the demo city as two files. (demo::write_workbooks writes
// the dues too, which are twenty times as many.)

#include <filesystem>

#include "base/codes.hpp"
#include "modules/demo/demo.hpp"

namespace jishi::app::bench {

struct CityFiles {
  std::filesystem::path organisations;
  std::filesystem::path members;
  demo::CityCounts counts;
};

/// Writes both into `folder`. Errors: those of make_city and of SheetWriter.
Result<CityFiles> write_city_files(const demo::Shares& shares, const demo::CityPlan& plan,
                                   const Codes& codes, const std::filesystem::path& folder,
                                   demo::WorkbookFormat format);

}  // namespace jishi::app::bench
