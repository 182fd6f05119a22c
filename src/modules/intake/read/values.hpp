#pragma once
// What single cells say: texts, codes, choices, numbers, amounts. Dates are in dates.hpp.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/codes.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::intake {

/// Whether a written value stands for an empty cell: nothing but blanks, `—` and `-`, `/`, `无`,
/// `N/A`, in their full-width and repeated forms (`——`, `／`).
bool is_empty_mark(std::string_view text);

/// Whether a cell holds an error: an error cell, or (in delimited text) `#N/A` and the like.
bool is_error(const sheets::Cell& cell);

/// Whether a cell says nothing: empty, an error or an empty mark.
bool says_nothing(const sheets::Cell& cell);

using NumberBuffer = std::array<char, 32>;

/// The cell as its author would read it, trimmed. A number has no exponent and no `.0`, as far as
/// its digits are known. The view lies in the cell or in `buffer`.
std::string_view written(const sheets::Cell& cell, NumberBuffer& buffer);

/// A code as it is kept: half-width, without blanks, its case as written.
std::string tidy_code(std::string_view text);

/// Drops a list's own code before a choice: `223_正式党员`.
std::string_view without_list_code(std::string_view choice);

/// A telephone number without blanks; a mobile number also without hyphens and +86.
std::string tidy_phone(std::string_view text);

/// The first three and the last two signs, for texts that must not show a personal number whole.
std::string masked(std::string_view text);

/// What stands in a cell for a citizen id.
struct WrittenId {
  std::string id;            // half-width, without blanks, X in upper case
  bool digits_lost = false;  // 18 digits that the spreadsheet kept as a number of 15
};
WrittenId citizen_id_in(const sheets::Cell& cell);

/// A whole number of 0 to 1,000,000 (people present): `12`, `12.0`.
std::optional<int> whole_number_in(const sheets::Cell& cell);

/// A term of office in years, 1 to 10: `3`, `3年`.
std::optional<int> term_in(const sheets::Cell& cell);

/// An amount of 0 to 1,000,000 yuan as cents. A number cell counts with the 15 digits a spreadsheet
/// shows, so that a formula's 0.30000000000000004 is 0.30.
std::optional<std::int64_t> amount_in(const sheets::Cell& cell);

/// The numbers or names in a list separated by 、 , ; or blanks.
std::vector<std::string> participants_in(std::string_view text);

}  // namespace jishi::intake
