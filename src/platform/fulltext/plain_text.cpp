#include "platform/fulltext/plain_text.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/text.hpp"

namespace jishi::fulltext {

namespace {

bool is_of_script_without_gaps(UChar32 code_point) {
  if (u_hasBinaryProperty(code_point, UCHAR_IDEOGRAPHIC) != 0) return true;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(code_point, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO: return true;
    default: return false;
  }
}

}  // namespace

Sign sign_of(char32_t code_point) {
  if (code_point < 0x80) {
    const bool letter = (code_point >= '0' && code_point <= '9') ||
                        (code_point >= 'a' && code_point <= 'z') ||
                        (code_point >= 'A' && code_point <= 'Z');
    return letter ? Sign::letter : Sign::gap;
  }
  const auto sign = static_cast<UChar32>(code_point);
  const std::uint32_t category = U_GET_GC_MASK(sign);
  if ((category & U_GC_CF_MASK) != 0) return Sign::nothing;
  if ((category & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) == 0) return Sign::gap;
  return is_of_script_without_gaps(sign) ? Sign::character : Sign::letter;
}

char32_t folded(char32_t code_point) {
  return static_cast<char32_t>(
      u_foldCase(static_cast<UChar32>(half_width(code_point)), U_FOLD_CASE_DEFAULT));
}

PlainText plain_text(std::string_view text) {
  PlainText plain;
  bool gap = false;
  for (std::uint32_t at = 0; at < text.size() && plain.signs.size() < kMostSigns;) {
    const auto [value, length] = first_code_point(text.substr(at));
    const Extent extent{at, at + static_cast<std::uint32_t>(length)};
    at = extent.end;
    const char32_t sign = folded(value);
    const Sign kind = sign_of(sign);
    if (kind == Sign::nothing) continue;
    if (kind == Sign::gap) {
      gap = !plain.signs.empty();
      continue;
    }
    if (gap) {
      plain.signs += kGap;
      plain.extents.push_back({plain.extents.back().end, extent.begin});
      gap = false;
    }
    plain.signs += sign;
    plain.extents.push_back(extent);
  }
  return plain;
}

}  // namespace jishi::fulltext
