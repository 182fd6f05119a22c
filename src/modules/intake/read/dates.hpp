#pragma once
// Dates, months and periods in all the forms in which cells hold them.

#include <optional>

#include "base/date.hpp"
#include "modules/intake/rows.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::intake {

/// The date in a cell: a date cell; text such as `2024-3-5`, `2024.03.05`, `2024年3月5日`,
/// `20240305`, `2024/03/05`, a time behind it ignored; a number that is a day number of the epoch
/// (also as text of five digits) or YYYYMMDD. Nothing for months, two-digit years, bare years and
/// days that do not exist.
std::optional<Date> date_in(const sheets::Cell& cell, sheets::Epoch epoch);

/// A birth date: a date as above, or a month.
std::optional<BirthDate> birth_in(const sheets::Cell& cell, sheets::Epoch epoch);

/// A month as month_index(): `2026-03`, `2026.03`, `2026/3`, `2026年3月`, `202603` or a date in it.
/// The number 2026.1 is nothing: it may have been typed as 2026.10.
std::optional<int> month_in(const sheets::Cell& cell, sheets::Epoch epoch);

/// A year (`2026`, `2026年`), a quarter (`2026Q1`, `2026年第一季度`) or a month as above.
std::optional<Period> period_in(const sheets::Cell& cell, sheets::Epoch epoch);

}  // namespace jishi::intake
