#pragma once
// Numbers that carry their own check: the citizen id and the unified social credit code.

#include <cstdint>
#include <string_view>

#include "base/date.hpp"

namespace jishi {

/// Whether `id` is a citizen id by GB 11643: 17 digits, a day of birth that exists, and the check
/// digit (upper-case X). The area is not checked: divisions change, and samples use unassigned
/// ones.
bool is_citizen_id(std::string_view id);

/// The check digit that belongs behind the first 17 digits of a citizen id. `digits` must be
/// (at least) 17 digits.
char citizen_id_check_digit(std::string_view digits);

/// The date of birth in a citizen id; nothing when the text is too short or holds no such day.
std::optional<Date> birth_of_citizen_id(std::string_view id);

enum class Sex : std::uint8_t { male, female };

/// The sex in a citizen id: an odd 17th digit is male. `id` must be a citizen id.
Sex sex_of_citizen_id(std::string_view id);

/// Whether two numbers differ by one slip of whoever wrote them down: a sign wrong, missing or too
/// many, or two neighbours swapped. True of equal ones.
bool one_slip_apart(std::string_view one, std::string_view other);

/// Whether `code` is a unified social credit code by GB 32100: 18 signs of its alphabet (upper
/// case, without I O Z S V) of which the last is the check sign.
bool is_credit_code(std::string_view code);

/// The check sign that belongs behind the first 17 signs of a credit code; nothing when one of them
/// is not of its alphabet.
std::optional<char> credit_code_check_sign(std::string_view signs);

}  // namespace jishi
