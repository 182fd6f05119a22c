#pragma once
// The records of an .xls (BIFF8 of Excel 97 to 2003 and WPS, BIFF5 of Excel 95; MS-XLS).

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/sheets/numbers.hpp"
#include "platform/sheets/string_table.hpp"

struct UConverter;

namespace jishi::sheets::biff {

namespace record {
inline constexpr std::uint32_t kFormula = 0x06, kEnd = 0x0A, kDateMode = 0x22, kFilePass = 0x2F,
                               kContinue = 0x3C, kCodePage = 0x42, kBoundSheet = 0x85,
                               kMulRk = 0xBD, kRString = 0xD6, kXf = 0xE0, kSst = 0xFC,
                               kLabelSst = 0xFD, kNumber = 0x203, kLabel = 0x204, kBoolErr = 0x205,
                               kString = 0x207, kRk = 0x27E, kFormat = 0x41E, kBegin = 0x809;
}  // namespace record

/// A record; `body` is without its continuations.
struct Record {
  std::uint32_t type = 0;
  std::string_view body;
  std::size_t end = 0;  // where the next one begins
};

/// The record at a place of the stream; nothing where the stream ends before the record does.
std::optional<Record> record_at(std::string_view stream, std::size_t at);

/// Reads the strings of one workbook: UTF-16 or its lower half in BIFF8, a code page in BIFF5.
class Strings {
 public:
  Strings();
  ~Strings();
  Strings(const Strings&) = delete;
  Strings& operator=(const Strings&) = delete;

  void set_biff8(bool biff8) { biff8_ = biff8; }
  bool biff8() const { return biff8_; }
  void set_code_page(std::uint32_t code_page);
  /// A string whose length stands in `length_bytes` (1 or 2) at `at`.
  std::string text(std::string_view body, std::size_t at, unsigned length_bytes) const;

 private:
  struct Close {
    void operator()(UConverter* converter) const;
  };
  bool biff8_ = true;
  std::unique_ptr<UConverter, Close> converter_;
};

enum class SstOutcome { complete, damaged, too_large };

/// Reads the shared strings that begin with the SST record `first` and go on in CONTINUE records.
SstOutcome read_sst(std::string_view stream, const Record& first, std::uint64_t limit,
                    StringTable& strings);

/// The number that an RK value stands for.
double rk_value(std::uint32_t rk);

/// The text of an error value (`#N/A`).
std::string_view error_text(std::uint32_t code);

}  // namespace jishi::sheets::biff
