#include "platform/sheets/text_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include <unicode/ucnv.h>

#include "platform/sheets/utf8.hpp"

namespace jishi::sheets {

namespace {

constexpr std::size_t kBlock = 64 * 1024;

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return "UTF-8";
    case Encoding::utf16le: return "UTF-16LE";
    case Encoding::utf16be: return "UTF-16BE";
    case Encoding::gb18030: return "GB18030";
  }
  return "";
}

/// UTF-16 without a mark: the commas, digits and line ends of a table have a zero byte each, nearly
/// all on one side (not all: 一 is 4E 00).
std::optional<Encoding> utf16_by_zeros(std::string_view bytes) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\0') ++zeros[i % 2];
  }
  const std::size_t few = bytes.size() / 50;
  if (zeros[1] > few && zeros[1] > 4 * zeros[0]) return Encoding::utf16le;
  if (zeros[0] > few && zeros[0] > 4 * zeros[1]) return Encoding::utf16be;
  return std::nullopt;
}

}  // namespace

std::optional<DetectedEncoding> detect_encoding(std::string_view bytes, bool whole) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return DetectedEncoding{Encoding::utf8, 3};
  if (bytes.starts_with("\xFF\xFE")) return DetectedEncoding{Encoding::utf16le, 2};
  if (bytes.starts_with("\xFE\xFF")) return DetectedEncoding{Encoding::utf16be, 2};
  if (bytes.find('\0') != std::string_view::npos) {
    const auto utf16 = utf16_by_zeros(bytes);
    if (!utf16) return std::nullopt;
    return DetectedEncoding{*utf16, 0};
  }
  const std::size_t valid = valid_utf8_prefix(bytes);
  const bool utf8 = valid == bytes.size() || (!whole && utf8_cut_short(bytes.substr(valid)));
  return DetectedEncoding{utf8 ? Encoding::utf8 : Encoding::gb18030, 0};
}

/// ICU's two converters, by way of UTF-16. Bytes that are no text of the encoding stop it.
struct TextReader::Converter {
  explicit Converter(Encoding encoding) {
    from = ucnv_open(std::string(name_of(encoding)).c_str(), &status);
    to = ucnv_open("UTF-8", &status);
    ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFromUCallBack(to, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    if (U_FAILURE(status) != 0) throw std::runtime_error("ICU lacks a converter");
  }
  ~Converter() {
    ucnv_close(from);
    ucnv_close(to);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  void convert(char*& target, char* target_end, bool last) {
    status = U_ZERO_ERROR;
    ucnv_convertEx(to, from, &target, target_end, &next, end, pivot.data(), &pivot_source,
                   &pivot_target, pivot.data() + pivot.size(), fresh ? 1 : 0, last ? 1 : 0,
                   &status);
    fresh = false;
  }

  UErrorCode status = U_ZERO_ERROR;
  UConverter* from = nullptr;
  UConverter* to = nullptr;
  std::array<char, kBlock> bytes;
  const char* next = bytes.data();
  const char* end = bytes.data();
  std::array<UChar, 4096> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  bool fresh = true;
};

TextReader::TextReader(const Source& source, DetectedEncoding encoding,
                       std::atomic<std::uint64_t>& bytes_read)
    : source_(source),
      bytes_read_(bytes_read),
      encoding_(encoding.encoding),
      file_(std::fopen(source.path.c_str(), "rb"), &std::fclose) {
  if (encoding_ != Encoding::utf8) converter_ = std::make_unique<Converter>(encoding_);
  bytes_read_ = encoding.mark;
  if (!file_) return;
  std::setvbuf(file_.get(), nullptr, _IONBF, 0);  // blocks are large already
  std::fseek(file_.get(), static_cast<long>(encoding.mark), SEEK_SET);
}

TextReader::~TextReader() = default;

Result<std::size_t> TextReader::read(char* buffer, std::size_t size) {
  if (!file_) return source_.error("unreadable");
  std::size_t count = 0;
  if (!bad_) count = converter_ ? read_converted(buffer, size) : read_utf8(buffer, size);
  if (const void* nul = std::memchr(buffer, '\0', count)) {
    count = static_cast<std::size_t>(static_cast<const char*>(nul) - buffer);
    bad_ = true;
  }
  if (count != 0) return count;
  if (bad_) return source_.error("bad_encoding", {{"encoding", std::string(name_of(encoding_))}});
  if (std::ferror(file_.get()) != 0) return source_.error("unreadable");
  return count;
}

std::size_t TextReader::read_file(char* buffer, std::size_t size) {
  const std::size_t count = std::fread(buffer, 1, size, file_.get());
  at_end_ = count < size;
  bytes_read_.fetch_add(count, std::memory_order_relaxed);
  return count;
}

std::size_t TextReader::read_utf8(char* buffer, std::size_t size) {
  const std::size_t kept = cut_.size();
  std::memcpy(buffer, cut_.data(), kept);
  const std::size_t count = kept + read_file(buffer + kept, size - kept);
  const std::string_view text(buffer, count);
  const std::size_t valid = valid_utf8_prefix(text);
  cut_ = text.substr(valid, 4);
  bad_ = !cut_.empty() && (at_end_ || !utf8_cut_short(cut_));
  return valid;
}

std::size_t TextReader::read_converted(char* buffer, std::size_t size) {
  Converter& c = *converter_;
  char* target = buffer;
  while (target == buffer) {
    if (failed_) {  // what ICU had already read before the bad bytes
      c.next = c.end;
      c.convert(target, buffer + size, false);
      bad_ = target == buffer;
      break;
    }
    if (c.next == c.end && !at_end_) {
      c.next = c.bytes.data();
      c.end = c.next + read_file(c.bytes.data(), c.bytes.size());
    }
    c.convert(target, buffer + size, at_end_);
    if (c.status == U_BUFFER_OVERFLOW_ERROR) break;
    failed_ = U_FAILURE(c.status) != 0;
    if (at_end_ && !failed_) break;
  }
  return static_cast<std::size_t>(target - buffer);
}

}  // namespace jishi::sheets
