#include "platform/sheets/biff.hpp"

#include <algorithm>
#include <bit>

#include <unicode/ucnv.h>

#include "platform/sheets/compound_file.hpp"
#include "platform/sheets/utf8.hpp"

namespace jishi::sheets::biff {

namespace {

void append_latin1(std::string& text, std::string_view bytes) {
  for (const char c : bytes) append_utf8(text, static_cast<unsigned char>(c));
}

void append_characters(std::string& text, std::string_view bytes, bool wide) {
  if (wide) {
    append_utf16le(text, bytes);
  } else {
    append_latin1(text, bytes);
  }
}

/// The shared strings as one run of bytes over the borders of records. Characters cut by a border
/// go on behind a new byte that tells their width.
class SstReader {
 public:
  SstReader(std::string_view stream, const Record& first)
      : stream_(stream), body_(first.body), next_(first.end) {}

  /// Whether there are more bytes, going on to the next record where one ends.
  bool more() {
    while (at_ == body_.size()) {
      const auto record = record_at(stream_, next_);
      if (!record || record->type != record::kContinue) return false;
      body_ = record->body;
      next_ = record->end;
      at_ = 0;
    }
    return true;
  }

  std::optional<std::uint32_t> number(unsigned bytes) {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < bytes; ++i) {
      if (!more()) return std::nullopt;
      value |= u8(body_, at_++) << (8 * i);
    }
    return value;
  }

  bool skip(std::uint64_t bytes) {
    while (bytes != 0) {
      if (!more()) return false;
      const auto step = std::min<std::uint64_t>(bytes, body_.size() - at_);
      at_ += step;
      bytes -= step;
    }
    return true;
  }

  bool characters(std::uint32_t count, bool wide, std::string& text) {
    wide_bytes_.clear();
    while (count != 0) {
      if (at_ == body_.size()) {
        if (!more()) return false;
        const bool next_wide = (u8(body_, at_++) & 1U) != 0;
        flush(text, wide, next_wide);
        wide = next_wide;
        if (at_ == body_.size()) continue;
      }
      const std::size_t width = wide ? 2 : 1;
      const std::size_t here = std::min<std::size_t>(count, (body_.size() - at_) / width);
      if (here == 0) return false;  // half a character at a border
      wide_bytes_.append(body_.substr(at_, here * width));
      at_ += here * width;
      count -= static_cast<std::uint32_t>(here);
    }
    append_characters(text, wide_bytes_, wide);
    return true;
  }

 private:
  void flush(std::string& text, bool wide, bool next_wide) {
    if (wide == next_wide) return;
    append_characters(text, wide_bytes_, wide);
    wide_bytes_.clear();
  }

  std::string_view stream_;
  std::string_view body_;
  std::size_t next_;
  std::size_t at_ = 0;
  std::string wide_bytes_;
};

bool read_string(SstReader& reader, std::string& text) {
  constexpr std::uint32_t kWide = 1;
  constexpr std::uint32_t kPhonetic = 4;
  constexpr std::uint32_t kRuns = 8;
  const auto length = reader.number(2);
  const auto flags = reader.number(1);
  if (!length || !flags) return false;
  const auto runs = (*flags & kRuns) != 0 ? reader.number(2) : 0;
  const auto phonetic = (*flags & kPhonetic) != 0 ? reader.number(4) : 0;
  return runs && phonetic && reader.characters(*length, (*flags & kWide) != 0, text) &&
         reader.skip(std::uint64_t{*runs} * 4 + *phonetic);
}

}  // namespace

std::optional<Record> record_at(std::string_view stream, std::size_t at) {
  constexpr std::size_t kHead = 4;
  if (at + kHead > stream.size()) return std::nullopt;
  const std::size_t length = u16(stream, at + 2);
  if (at + kHead + length > stream.size()) return std::nullopt;
  return Record{u16(stream, at), stream.substr(at + kHead, length), at + kHead + length};
}

Strings::Strings() {
  set_code_page(936);  // BIFF5 without a code page: most such files here are of Chinese Excel
}

Strings::~Strings() = default;

void Strings::Close::operator()(UConverter* converter) const {
  ucnv_close(converter);
}

void Strings::set_code_page(std::uint32_t code_page) {
  constexpr std::uint32_t kUtf16 = 1200;
  if (code_page == kUtf16) return;
  const std::string name = code_page == 936 ? "GB18030" : "windows-" + std::to_string(code_page);
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(name.c_str(), &status);
  if (U_SUCCESS(status) != 0) converter_.reset(converter);
}

std::string Strings::text(std::string_view body, std::size_t at, unsigned length_bytes) const {
  std::string text;
  const std::size_t length = length_bytes == 1 ? u8(body, at) : u16(body, at);
  at += length_bytes;
  if (biff8_) {
    const bool wide = (u8(body, at) & 1U) != 0;
    if (at + 1 < body.size()) {
      append_characters(text, body.substr(at + 1, wide ? length * 2 : length), wide);
    }
    return text;
  }
  if (at >= body.size() || !converter_) return text;
  const std::string_view bytes = body.substr(at, length);
  std::u16string wide(bytes.size() * 2, u'\0');
  UErrorCode status = U_ZERO_ERROR;
  const auto units =
      ucnv_toUChars(converter_.get(), wide.data(), static_cast<std::int32_t>(wide.size()),
                    bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  if (U_FAILURE(status) != 0) return text;
  wide.resize(static_cast<std::size_t>(units));
  std::string little_endian;
  for (const char16_t unit : wide) {
    little_endian.push_back(static_cast<char>(unit & 0xFFU));
    little_endian.push_back(static_cast<char>(unit >> 8U));
  }
  append_utf16le(text, little_endian);
  return text;
}

SstOutcome read_sst(std::string_view stream, const Record& first, std::uint64_t limit,
                    StringTable& strings) {
  SstReader reader(stream, first);
  const auto references = reader.number(4);
  const auto count = reader.number(4);
  if (!references || !count) return SstOutcome::damaged;
  std::string text;
  for (std::uint32_t i = 0; i < *count; ++i) {
    // Some programs state more strings than they write; a cell that refers to one will tell.
    if (!reader.more()) break;
    text.clear();
    if (!read_string(reader, text)) return SstOutcome::damaged;
    if (!strings.add(text, limit)) return SstOutcome::too_large;
  }
  return SstOutcome::complete;
}

double rk_value(std::uint32_t rk) {
  constexpr std::uint32_t kHundredth = 1;
  constexpr std::uint32_t kInteger = 2;
  const double value = (rk & kInteger) != 0
                           ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                           : std::bit_cast<double>(std::uint64_t{rk & ~3U} << 32U);
  return (rk & kHundredth) != 0 ? value / 100 : value;
}

std::string_view error_text(std::uint32_t code) {
  switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    default: return "#N/A";
  }
}

}  // namespace jishi::sheets::biff
