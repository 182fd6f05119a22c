#pragma once
// UTF-8 and UTF-16, as far as spreadsheets need them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jishi::sheets {

/// The length of the longest prefix that is whole, valid UTF-8 (RFC 3629: no surrogates, nothing
/// overlong). What follows it is `bad` or a character cut short, as utf8_cut_short tells.
std::size_t valid_utf8_prefix(std::string_view text);

/// Whether `rest`, of at most three bytes, can still become a character when more bytes come.
bool utf8_cut_short(std::string_view rest);

/// Characters as spreadsheets count them: UTF-16 units. `text` is valid UTF-8.
std::size_t utf16_length(std::string_view text);

/// Appends a code point as UTF-8; U+FFFD for a surrogate or a number beyond Unicode.
void append_utf8(std::string& text, std::uint32_t code_point);

/// Appends UTF-16LE bytes as UTF-8; halves of surrogate pairs become U+FFFD.
void append_utf16le(std::string& text, std::string_view bytes);

/// The text with every byte that is not UTF-8 made U+FFFD.
std::string mended_utf8(std::string_view text);

}  // namespace jishi::sheets
