#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "base/workdays/working_days.hpp"

namespace jishi::pack {

/// Reads the files calendar/YEAR.toml of a pack; a pack without them has a calendar without years.
/// calendar/every_year.toml has the days that are holidays by law where no year is announced.
/// Errors: pack.calendar_invalid, with file and reason.
Result<WorkCalendar> load_calendar(const std::filesystem::path& pack);

}  // namespace jishi::pack
