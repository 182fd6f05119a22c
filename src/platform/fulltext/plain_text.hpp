#pragma once
// Text as it is searched. Letters, digits and their marks are folded (case, full width); everything
// else is a gap. Chinese and its kin are written without gaps: each of their signs counts by
// itself.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jishi::fulltext {

inline constexpr char32_t kGap = U' ';

/// Signs of one text that are searched; what stands behind them is not found.
inline constexpr std::size_t kMostSigns = 4'000;

/// Where a sign stands in the text it was made from, in bytes.
struct Extent {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct PlainText {
  std::u32string signs;         // one gap between runs, none at the ends
  std::vector<Extent> extents;  // of each sign
};

/// How a text, or what was typed, is read: of any bytes.
PlainText plain_text(std::string_view text);

/// What a code point is to a search.
enum class Sign { nothing, gap, letter, character };
/// `nothing` leaves no trace: it takes no room on the page.
Sign sign_of(char32_t code_point);
/// The form in which letters are compared: half-width, without case.
char32_t folded(char32_t code_point);

/// Whether a sign of a PlainText is found wherever it stands, as Chinese characters are; letters
/// and digits are found as whole words.
inline bool is_character(char32_t sign) {
  return sign_of(sign) == Sign::character;
}

}  // namespace jishi::fulltext
