#include <algorithm>
#include <atomic>
#include <cstring>
#include <string>
#include <vector>

#include "platform/sheets/csv_records.hpp"
#include "platform/sheets/readers.hpp"
#include "platform/sheets/text_reader.hpp"
#include "platform/sheets/utf8.hpp"

namespace jishi::sheets {

namespace {

constexpr std::size_t kSampleBytes = 1U << 20U;        // decides the encoding
constexpr std::size_t kDelimiterSample = 64U * 1024U;  // decides the delimiter
constexpr std::size_t kFirstBuffer = 256U * 1024U;

/// Text that a program wrote as `="0123"` so that spreadsheets keep it as text.
std::optional<std::string_view> text_formula(std::string_view text) {
  if (text.size() < 3 || !text.starts_with("=\"") || text.back() != '"') return std::nullopt;
  const std::string_view inner = text.substr(2, text.size() - 3);
  if (inner.find('"') != std::string_view::npos) return std::nullopt;
  return inner;
}

/// One reading of a file from beginning to end.
class CsvReading {
 public:
  CsvReading(const Source& source, DetectedEncoding encoding, char delimiter,
             std::atomic<std::uint64_t>& bytes_read, RowSink& sink)
      : source_(source),
        reader_(source, encoding, bytes_read),
        scanner_(delimiter),
        sink_(sink),
        buffer_(kFirstBuffer) {}

  Result<Done> run();

 private:
  Result<Done> fill();
  Refusal give_record();
  Refusal refuse_unfinished() const;
  std::string_view rest() const { return {buffer_.data() + begin_, end_ - begin_}; }

  const Source& source_;
  TextReader reader_;
  CsvScanner scanner_;
  RowSink& sink_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool last_ = false;
  std::uint32_t line_ = 1;
  std::uint32_t rows_ = 0;
  bool enough_ = false;
  std::vector<Cell> cells_;
};

Result<Done> CsvReading::run() {
  auto filled = fill();
  if (!filled) return filled;
  if (const std::size_t skipped = separator_line(rest())) {
    begin_ += skipped;
    ++line_;
  }
  while (!enough_) {
    const CsvScan scan = begin_ == end_ ? CsvScan::cut_off : scanner_.scan(rest(), last_);
    if (scan == CsvScan::open_quote) {
      return source_.error("open_quote", Place{std::nullopt, line_}.arguments(source_.name));
    }
    const bool whole = scan == CsvScan::record;
    const Refusal refusal = whole ? give_record() : refuse_unfinished();
    if (refusal != Refusal::none) return refused(source_, refusal, {std::nullopt, line_});
    if (whole) {
      begin_ += scanner_.size();
      line_ += scanner_.lines();
      continue;
    }
    if (last_) return Done{};
    filled = fill();
    if (!filled) return filled;
  }
  return Done{};
}

/// Moves the record that is cut off to the front and reads on behind it.
Result<Done> CsvReading::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (buffer_.size() - end_ < std::max(buffer_.size() / 2, TextReader::kMinBuffer)) {
    buffer_.resize(buffer_.size() * 2);
  }
  auto count = reader_.read(buffer_.data() + end_, buffer_.size() - end_);
  if (!count) {
    Error error = count.error();
    std::uint32_t line = line_;
    for (const char c : rest()) line += c == '\n' ? 1U : 0U;
    error.arguments.emplace_back("row", std::to_string(line));
    return error;
  }
  last_ = *count == 0;
  end_ += *count;
  return Done{};
}

/// A record without an end in sight is refused before the whole file is in memory.
Refusal CsvReading::refuse_unfinished() const {
  constexpr std::size_t kLongestCharacter = 4;
  if (begin_ == end_) return Refusal::none;
  const std::size_t fields = scanner_.fields().size();
  if (fields > source_.limits.columns) return Refusal::too_many_columns;
  const std::size_t field_begin =
      fields == 0 ? 0 : scanner_.fields().back().begin + scanner_.fields().back().length;
  if (rest().size() - field_begin > source_.limits.text_length * kLongestCharacter) {
    return Refusal::cell_too_long;
  }
  return rest().size() > source_.limits.row_bytes ? Refusal::row_too_long : Refusal::none;
}

Refusal CsvReading::give_record() {
  const Limits& limits = source_.limits;
  const auto& fields = scanner_.fields();
  if (fields.size() > limits.columns) return Refusal::too_many_columns;
  if (scanner_.size() > limits.row_bytes) return Refusal::row_too_long;
  char* const record = buffer_.data() + begin_;
  std::size_t filled = 0;
  cells_.resize(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::string_view text = field_text(record, fields[i]);
    if (text.size() > limits.text_length && utf16_length(text) > limits.text_length) {
      return Refusal::cell_too_long;
    }
    const auto kept = text_formula(text);
    if (kept) text = *kept;
    cells_[i] = {.kind = text.empty() ? Cell::Kind::empty : Cell::Kind::text,
                 .formula = kept.has_value(),
                 .text = text};
    if (!text.empty()) filled = i + 1;
  }
  if (filled == 0) return Refusal::none;
  if (++rows_ > limits.csv_rows) return Refusal::too_many_rows;
  enough_ = !sink_.row(line_, {cells_.data(), filled});
  return Refusal::none;
}

class CsvWorkbook final : public Workbook {
 public:
  CsvWorkbook(const Source& source, DetectedEncoding encoding, char delimiter)
      : source_(source), encoding_(encoding), delimiter_(delimiter), sheets_(1) {}

  Format format() const override { return Format::csv; }
  const std::vector<SheetInfo>& sheets() const override { return sheets_; }
  Epoch epoch() const override { return Epoch::e1900; }
  Progress progress() const override {
    return {done_.load(std::memory_order_relaxed), total_.load(std::memory_order_relaxed)};
  }

  Result<Done> read(std::size_t sheet, RowSink& sink) override {
    (void)sheets_.at(sheet);
    std::error_code ignored;
    const auto size = std::filesystem::file_size(source_.path, ignored);
    total_ = ignored ? 0 : size;
    return CsvReading(source_, encoding_, delimiter_, done_, sink).run();
  }

 private:
  Source source_;
  DetectedEncoding encoding_;
  char delimiter_;
  std::vector<SheetInfo> sheets_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> total_{0};
};

/// Web pages and XML under the name of a spreadsheet: many systems export these as .xls.
bool is_markup(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (text.size() < 2 || text[0] != '<') return false;
  const char c = text[1];
  return c == '!' || c == '?' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_other_format(std::string_view bytes) {
  return bytes.starts_with("%PDF-") || bytes.starts_with("{\\rtf");
}

}  // namespace

Result<std::unique_ptr<Workbook>> open_csv(const Source& source) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(source.path, failure);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(source.path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file || failure) return source.error("unreadable");
  std::string sample(std::min<std::uint64_t>(size, kSampleBytes), '\0');
  const bool whole = sample.size() == size;
  sample.resize(std::fread(sample.data(), 1, sample.size(), file.get()));
  const auto encoding = detect_encoding(sample, whole);
  if (!encoding || is_other_format(sample)) return source.error("unsupported");

  std::string text(kDelimiterSample, '\0');
  std::atomic<std::uint64_t> ignored{0};
  TextReader reader(source, *encoding, ignored);
  std::size_t length = 0;
  bool ended = false;
  while (!ended && text.size() - length >= TextReader::kMinBuffer) {
    const auto count = reader.read(text.data() + length, text.size() - length);
    ended = !count || *count == 0;  // what is bad is told, with its line, when it is read
    if (count) length += *count;
  }
  text.resize(length);
  if (is_markup(text)) return source.error("web_page");
  return std::unique_ptr<Workbook>(
      std::make_unique<CsvWorkbook>(source, *encoding, detect_delimiter(text, ended)));
}

}  // namespace jishi::sheets
