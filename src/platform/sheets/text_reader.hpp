#pragma once
// Text of several encodings read as UTF-8, block by block.

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "platform/sheets/source.hpp"

namespace jishi::sheets {

enum class Encoding { utf8, utf16le, utf16be, gb18030 };

/// An encoding and the bytes of its byte order mark.
struct DetectedEncoding {
  Encoding encoding = Encoding::utf8;
  std::size_t mark = 0;
};

/// Tells the encoding of a file by its first bytes (`whole`: all of them): a byte order mark, the
/// zeros of UTF-16, valid UTF-8, else GB18030. Nothing for what is no text.
std::optional<DetectedEncoding> detect_encoding(std::string_view bytes, bool whole);

/// Reads a file as UTF-8. What it gives is valid, without NUL and without byte order mark.
class TextReader {
 public:
  /// `bytes_read` is kept up to date with the bytes taken from the file.
  TextReader(const Source& source, DetectedEncoding encoding,
             std::atomic<std::uint64_t>& bytes_read);
  ~TextReader();
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;

  /// Puts the next text into `buffer` (of at least kMinBuffer bytes); 0 at the end. Text before a
  /// bad byte is given first. Errors: `sheets.bad_encoding`, `unreadable`.
  Result<std::size_t> read(char* buffer, std::size_t size);

  static constexpr std::size_t kMinBuffer = 64;

 private:
  struct Converter;

  std::size_t read_file(char* buffer, std::size_t size);
  std::size_t read_utf8(char* buffer, std::size_t size);
  std::size_t read_converted(char* buffer, std::size_t size);

  const Source& source_;
  std::atomic<std::uint64_t>& bytes_read_;
  Encoding encoding_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string cut_;  // the beginning of a character whose end is not read yet
  std::unique_ptr<Converter> converter_;
  bool at_end_ = false;
  bool failed_ = false;  // ICU met bad bytes
  bool bad_ = false;     // and there is no text before them left
};

}  // namespace jishi::sheets
