#include "platform/sheets/utf8.hpp"

#include <cstring>

namespace jishi::sheets {

namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// Length of a character by its first byte; 0 for a byte that begins none.
std::size_t length_by_lead(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

/// Whether the second byte may follow the lead: rules out overlong forms, surrogates and >
/// U+10FFFF.
bool second_fits(unsigned lead, unsigned second) {
  switch (lead) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return second >= 0x80 && second <= 0xBF;
  }
}

bool is_tail(unsigned byte) {
  return (byte & 0xC0U) == 0x80;
}

/// Length of the valid character at `at`, or 0.
std::size_t character_at(std::string_view text, std::size_t at) {
  const unsigned lead = byte_at(text, at);
  const std::size_t length = length_by_lead(lead);
  if (length <= 1) return length;
  if (at + length > text.size() || !second_fits(lead, byte_at(text, at + 1))) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_tail(byte_at(text, at + i))) return 0;
  }
  return length;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;
    while (at + sizeof eight <= text.size()) {  // ASCII by eights: most of a register is digits
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080ULL) != 0) break;
      at += sizeof eight;
    }
    while (at < text.size() && byte_at(text, at) < 0x80) ++at;
    while (at < text.size() && byte_at(text, at) >= 0x80) {
      const std::size_t length = character_at(text, at);
      if (length == 0) return at;
      at += length;
    }
  }
  return at;
}

bool utf8_cut_short(std::string_view rest) {
  if (rest.empty()) return false;
  const unsigned lead = byte_at(rest, 0);
  if (rest.size() >= length_by_lead(lead)) return false;
  if (rest.size() > 1 && !second_fits(lead, byte_at(rest, 1))) return false;
  return rest.size() < 3 || is_tail(byte_at(rest, 2));
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (is_tail(byte) ? 0U : 1U) + (byte >= 0xF0 ? 1U : 0U);
  }
  return units;
}

void append_utf8(std::string& text, std::uint32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    code_point = kReplacement;
  }
  const auto put = [&text](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  const auto tail = [&](unsigned shift) { put(0x80U | ((code_point >> shift) & 0x3FU)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
    tail(0);
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
    tail(6);
    tail(0);
  } else {
    put(0xF0U | (code_point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

void append_utf16le(std::string& text, std::string_view bytes) {
  const auto unit_at = [bytes](std::size_t at) {
    return std::uint32_t{byte_at(bytes, at)} | std::uint32_t{byte_at(bytes, at + 1)} << 8U;
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const std::uint32_t unit = unit_at(at);
    const bool high = unit >= 0xD800 && unit <= 0xDBFF;
    const std::uint32_t next = high && at + 3 < bytes.size() ? unit_at(at + 2) : 0;
    if (next >= 0xDC00 && next <= 0xDFFF) {
      append_utf8(text, 0x10000U + ((unit - 0xD800U) << 10U) + (next - 0xDC00U));
      at += 2;
    } else {
      append_utf8(text, unit);
    }
  }
}

std::string mended_utf8(std::string_view text) {
  std::string mended;
  mended.reserve(text.size() + 2);
  while (!text.empty()) {
    const std::size_t valid = valid_utf8_prefix(text);
    mended.append(text.substr(0, valid));
    text.remove_prefix(valid);
    if (text.empty()) break;
    append_utf8(mended, kReplacement);
    text.remove_prefix(1);
  }
  return mended;
}

}  // namespace jishi::sheets
