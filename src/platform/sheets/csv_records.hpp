#pragma once
// Delimited text cut into records and fields as RFC 4180 has it, forgiving what programs get wrong:
// any line end, a quote inside a plain field, text behind a closing quote.

#include <cstdint>
#include <string_view>
#include <vector>

namespace jishi::sheets {

struct CsvField {
  std::size_t begin = 0;  // in the record
  std::size_t length = 0;
  bool quoted = false;  // has quotes around it (and maybe doubled ones inside)
};

/// What a scan found at the beginning of the text.
enum class CsvScan {
  record,     // a whole record: size(), fields()
  cut_off,    // the text ends before the record does
  open_quote  // the last text ends inside quotes
};

class CsvScanner {
 public:
  explicit CsvScanner(char delimiter);

  /// Finds the first record of `text`; `last`: nothing follows the text.
  CsvScan scan(std::string_view text, bool last);

  /// The bytes of the record, its line end included.
  std::size_t size() const { return size_; }
  const std::vector<CsvField>& fields() const { return fields_; }
  /// The lines that the record takes: 1 and the line ends inside its quotes.
  std::uint32_t lines() const { return lines_; }

 private:
  bool scan_quoted(std::string_view text, std::size_t& at, bool last);
  void scan_plain(std::string_view text, std::size_t& at) const;
  bool scan_line_end(std::string_view text, std::size_t at, bool last);

  char delimiter_;
  bool special_[256] = {};  // ends a plain field
  std::vector<CsvField> fields_;
  std::size_t size_ = 0;
  std::uint32_t lines_ = 0;
  bool open_quote_ = false;
};

/// The text of a field of the record that begins at `record`: quotes removed in place.
std::string_view field_text(char* record, const CsvField& field);

/// The delimiter among comma, semicolon and tab that cuts the first records of `text` most evenly;
/// comma when none does. A first line `sep=;` decides, as in Excel.
char detect_delimiter(std::string_view text, bool whole);

/// The length of a first line `sep=;` with its line end, else 0.
std::size_t separator_line(std::string_view text);

}  // namespace jishi::sheets
