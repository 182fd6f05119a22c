#pragma once
// Numbers as spreadsheets store them, and which number formats make a number a date.

#include <array>
#include <cstdint>
#include <string_view>

#include "platform/sheets/sheets.hpp"

namespace jishi::sheets {

/// The day number of a date in an epoch; the inverse of date_of_serial.
double serial_of_date(Date date, Epoch epoch);

/// Room for any number's text.
using NumberText = std::array<char, 40>;

/// The text of a number cell whose value is known only as a double: shortest digits that give it
/// back, with an exponent from 1e15 on (`4.10101199001011E+17`).
std::string_view number_text(double value, NumberText& room);

/// The text of a number cell that stands in the file as `literal`: the literal where it is already
/// plain or is 1e15 and more, else as number_text (so `1.1000000000000001` is `1.1` and
/// `2.0240305E7` is `20240305`).
std::string_view number_text(std::string_view literal, double value, NumberText& room);

/// `2024-03-05`, with ` 13:20:00` behind if the day number has a time of day.
std::string_view date_text(Date date, double serial, NumberText& room);

/// Reads the whole of `text` as a decimal number; false for anything else, also for `nan`, `inf`
/// and what no double can hold.
bool parse_number(std::string_view text, double& value);

enum class NumberFormat : std::uint8_t { number, date, time };

/// What a number format built into Excel (ids 0 to 163, those of Chinese Excel included) shows.
NumberFormat built_in_format(std::uint32_t id);

/// What a custom number format shows (`yyyy"年"m"月"d"日"` is a date, `[h]:mm` a time). A format
/// with a date and a time is a date.
NumberFormat format_of_code(std::string_view code);

}  // namespace jishi::sheets
