#pragma once
// What is done to text that people typed before it is read: UTF-8 in, UTF-8 out, no locale.

#include <cstddef>
#include <string>
#include <string_view>

namespace jishi {

/// The code point at the front of `text` and the bytes it takes. A byte that begins no well-formed
/// sequence is U+FFFD and takes one byte; an empty text gives length 0.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};
CodePoint first_code_point(std::string_view text);

/// Appends a code point as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

/// Whether the text is well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
bool is_utf8(std::string_view text);

/// How many code points a text has.
std::size_t count_code_points(std::string_view text);

/// Whether a text holds a control sign (U+0000–001F, U+007F) other than a tab or a line break: no
/// keyboard makes one.
bool has_control(std::string_view text);

/// Whether a code point takes no room at all: zero-width and direction marks, the byte order mark,
/// control signs that are no blanks.
bool is_zero_width(char32_t code_point);

/// Whether a code point leaves nothing on the page: every space, tab and line break, the full-width
/// and the no-break space, zero-width and direction marks, the byte order mark.
bool is_blank(char32_t code_point);

/// The text without blanks at its ends.
std::string_view trim(std::string_view text);

/// The text without any blanks.
std::string without_blanks(std::string_view text);

/// The half-width form of a full-width letter, digit, punctuation mark or space; others themselves.
char32_t half_width(char32_t code_point);

/// The text with full-width letters, digits, punctuation and spaces (U+FF01–FF5E, U+3000) as
/// half-width ones.
std::string to_half_width(std::string_view text);

/// A name or free text as it should have been typed: trimmed, a run of blanks between Latin letters
/// or digits made one space and dropped beside anything else (`张　三` is `张三`), full-width
/// letters and digits made half-width. Chinese punctuation stays as it is.
std::string tidy(std::string_view text);

/// The form in which codes and names are compared: half-width, without blanks, A–Z for a–z.
std::string fold_code(std::string_view text);

/// The form in which headers are compared: as fold_code, and without `*`, `★`, a colon at the end
/// and everything in brackets (`入党时间(2019/10/24)`); brackets round the whole header only go
/// themselves.
std::string fold_header(std::string_view text);

}  // namespace jishi
