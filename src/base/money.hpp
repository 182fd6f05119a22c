#pragma once
// Amounts of money are whole cents (分) of the yuan; no floating point touches them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jishi {

/// Reads an amount in yuan: `12`, `-12.5`, `¥1,234.50`, `1234.5元`, full-width signs, stray spaces,
/// thousands separators where they belong. Nothing for all else, for more than two decimals and
/// for more than 15 digits before the point.
std::optional<std::int64_t> cents_of_yuan(std::string_view text);

/// Writes cents as yuan with two decimals: `1234.50`, `-0.05`.
std::string yuan_of_cents(std::int64_t cents);

}  // namespace jishi
