#pragma once
// Refused rows one by one: as they came, with what is wrong with them, and corrected in place, so
// that nobody has to send a workbook again for a cell.

#include <map>

#include "modules/intake/accept/accept.hpp"

namespace jishi::intake {

/// What a person changes of a refused row.
struct Correction {
  std::map<std::string, std::string> cells;  // by header as written, or by the column's own name
  std::vector<std::string> accept;           // codes that a person overrules, for the reason
  std::string reason;
};

/// Reads a refused row again with these cells in the place of its own, and writes it as a batch of
/// its own with the source of the import it came with. A row that was dealt with already changes
/// nothing. Fails with intake.row_missing, intake.cell_unknown, intake.cell_too_long,
/// intake.reason_missing, intake.not_acceptable, or intake.still_refused; then `still` has what is
/// said against it now.
Result<Accepted> correct_refused_row(Store& store, Actor actor, const Codes& codes,
                                     const RowPlace& place, const Correction& correction,
                                     std::vector<Problem>& still);

/// The texts of a kept row's cells by the sheet's columns. `whole`: with personal values, which are
/// masked otherwise, wherever in the row they stand.
std::vector<std::string> shown_cells(const Layout& layout, const RefusedRow& row, bool whole);

/// Citizen ids and mobile numbers within a text, masked.
std::string with_numbers_masked(std::string_view text);

}  // namespace jishi::intake
