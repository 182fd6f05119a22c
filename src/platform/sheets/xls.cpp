#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <map>

#include "platform/sheets/biff.hpp"
#include "platform/sheets/compound_file.hpp"
#include "platform/sheets/readers.hpp"
#include "platform/sheets/row_builder.hpp"

namespace jishi::sheets {

namespace {

namespace record = biff::record;

constexpr std::size_t kMaxStyles = 65'536;

struct XlsContents {
  std::string stream;
  biff::Strings text;
  StringTable strings;
  std::vector<NumberFormat> styles;
  Epoch epoch = Epoch::e1900;
  std::vector<SheetInfo> sheets;
  std::vector<std::size_t> places;  // of the sheets in the stream
};

/// Reads what stands before the sheets.
class GlobalsReader {
 public:
  GlobalsReader(const Source& source, XlsContents& contents)
      : source_(source), contents_(contents) {}

  Result<Done> read();

 private:
  std::optional<Error> take(const biff::Record& record);
  std::optional<Error> take_sheet(std::string_view body);
  void take_format(std::string_view body);
  void make_styles();

  const Source& source_;
  XlsContents& contents_;
  std::map<std::uint32_t, NumberFormat> formats_;
  std::vector<std::uint32_t> style_formats_;
};

Result<Done> GlobalsReader::read() {
  constexpr std::uint32_t kBiff8 = 0x600;
  constexpr std::uint32_t kBiff5 = 0x500;
  const std::string_view stream = contents_.stream;
  auto record = biff::record_at(stream, 0);
  if (!record || record->type != record::kBegin) return source_.error("unsupported");
  const std::uint32_t version = u16(record->body, 0);
  if (version != kBiff8 && version != kBiff5) return source_.error("unsupported");
  contents_.text.set_biff8(version == kBiff8);
  while (record && record->type != record::kEnd) {
    if (auto error = take(*record)) return *error;
    record = biff::record_at(stream, record->end);
  }
  if (!record) return source_.error("truncated");
  make_styles();
  return Done{};
}

std::optional<Error> GlobalsReader::take(const biff::Record& record) {
  switch (record.type) {
    case record::kFilePass: return source_.error("encrypted");
    case record::kDateMode:
      if (u16(record.body, 0) == 1) contents_.epoch = Epoch::e1904;
      break;
    case record::kCodePage: contents_.text.set_code_page(u16(record.body, 0)); break;
    case record::kBoundSheet: return take_sheet(record.body);
    case record::kFormat: take_format(record.body); break;
    case record::kXf:
      if (style_formats_.size() < kMaxStyles) style_formats_.push_back(u16(record.body, 2));
      break;
    case record::kSst:
      switch (biff::read_sst(contents_.stream, record, source_.limits.shared_string_bytes,
                             contents_.strings)) {
        case biff::SstOutcome::complete: break;
        case biff::SstOutcome::damaged: return source_.error("damaged");
        case biff::SstOutcome::too_large: return source_.error("too_large");
      }
      break;
    default: break;
  }
  return std::nullopt;
}

std::optional<Error> GlobalsReader::take_sheet(std::string_view body) {
  constexpr std::uint32_t kWorksheet = 0;
  constexpr std::uint32_t kVisibility = 3;
  if (u8(body, 5) != kWorksheet) return std::nullopt;
  if (contents_.sheets.size() == source_.limits.sheets) {
    return source_.error("too_many_sheets", {{"limit", std::to_string(source_.limits.sheets)}});
  }
  contents_.sheets.push_back(
      {contents_.text.text(body, 6, 1), (u8(body, 4) & kVisibility) != 0, contents_.sheets.size()});
  contents_.places.push_back(u32(body, 0));
  return std::nullopt;
}

void GlobalsReader::take_format(std::string_view body) {
  if (formats_.size() == kMaxStyles) return;
  const std::string code = contents_.text.text(body, 2, contents_.text.biff8() ? 2 : 1);
  formats_.insert_or_assign(u16(body, 0), format_of_code(code));
}

void GlobalsReader::make_styles() {
  for (const std::uint32_t id : style_formats_) {
    const auto custom = formats_.find(id);
    contents_.styles.push_back(custom == formats_.end() ? built_in_format(id) : custom->second);
  }
}

/// Reads the cells of one sheet.
class SheetReader {
 public:
  SheetReader(const Source& source, const XlsContents& contents, std::string name, RowSink& sink)
      : source_(source),
        contents_(contents),
        name_(std::move(name)),
        row_(sink, source.limits, contents.epoch) {}

  Result<Done> read(std::size_t place, std::atomic<std::uint64_t>& bytes);

 private:
  /// A formula whose text follows in a STRING record.
  struct Pending {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
  };

  Refusal take(const biff::Record& record);
  Refusal enter_row(std::uint32_t row);
  Refusal set_number(std::uint32_t column, double value, std::uint32_t style, bool formula);
  Refusal set_many(std::string_view body);
  Refusal set_shared(std::string_view body);
  Refusal set_bool_or_error(std::string_view body);
  Refusal set_formula(std::string_view body);
  Refusal set_formula_text(std::string_view body);

  const Source& source_;
  const XlsContents& contents_;
  std::string name_;
  RowBuilder row_;
  std::uint32_t rows_ = 0;
  bool in_row_ = false;
  bool enough_ = false;
  bool damaged_ = false;
  std::optional<Pending> pending_;
};

Result<Done> SheetReader::read(std::size_t place, std::atomic<std::uint64_t>& bytes) {
  const std::string_view stream = contents_.stream;
  auto record = biff::record_at(stream, place);
  if (!record || record->type != record::kBegin) return source_.error("damaged");
  for (int depth = 1; depth > 0 && !enough_;) {
    record = biff::record_at(stream, record->end);
    if (!record) return source_.error("truncated");
    bytes.store(record->end, std::memory_order_relaxed);
    if (record->type == record::kBegin) ++depth;  // a chart within the sheet
    if (record->type == record::kEnd) --depth;
    if (depth != 1) continue;
    const Refusal refusal = take(*record);
    if (refusal != Refusal::none) return refused(source_, refusal, {name_, row_.number()});
    if (damaged_) return source_.error("damaged");
  }
  if (in_row_ && !enough_) row_.give();
  return Done{};
}

Refusal SheetReader::take(const biff::Record& record) {
  const std::string_view body = record.body;
  if (record.type == record::kString) return set_formula_text(body);
  switch (record.type) {
    case record::kFormula:
    case record::kMulRk:
    case record::kRString:
    case record::kLabelSst:
    case record::kNumber:
    case record::kLabel:
    case record::kBoolErr:
    case record::kRk: break;
    default: return Refusal::none;
  }
  pending_.reset();
  const Refusal refusal = enter_row(u16(body, 0));
  if (refusal != Refusal::none || enough_) return refusal;
  const std::uint32_t column = u16(body, 2);
  const std::uint32_t style = u16(body, 4);
  switch (record.type) {
    case record::kFormula: return set_formula(body);
    case record::kMulRk: return set_many(body);
    case record::kLabelSst: return set_shared(body);
    case record::kNumber: return set_number(column, f64(body, 6), style, false);
    case record::kBoolErr: return set_bool_or_error(body);
    case record::kRk: return set_number(column, biff::rk_value(u32(body, 6)), style, false);
    default: return row_.text(column, contents_.text.text(body, 6, 2), false);
  }
}

Refusal SheetReader::enter_row(std::uint32_t row) {
  if (in_row_ && row + 1 == row_.number()) return Refusal::none;
  if (in_row_ && !row_.give()) {
    enough_ = true;
    return Refusal::none;
  }
  in_row_ = true;
  row_.begin(row + 1);
  const std::uint32_t limit = source_.limits.workbook_rows;
  return ++rows_ > limit || row >= limit ? Refusal::too_many_rows : Refusal::none;
}

Refusal SheetReader::set_number(std::uint32_t column, double value, std::uint32_t style,
                                bool formula) {
  if (!std::isfinite(value)) return row_.error(column, "#NUM!", formula);
  const auto& styles = contents_.styles;
  const NumberFormat format = style < styles.size() ? styles[style] : NumberFormat::number;
  return row_.number(column, value, {}, format, formula);
}

Refusal SheetReader::set_many(std::string_view body) {
  constexpr std::size_t kPair = 6;  // style and value
  std::uint32_t column = u16(body, 2);
  for (std::size_t at = 4; at + kPair + 2 <= body.size(); at += kPair, ++column) {
    const double value = biff::rk_value(u32(body, at + 2));
    const Refusal refusal = set_number(column, value, u16(body, at), false);
    if (refusal != Refusal::none) return refusal;
  }
  return Refusal::none;
}

Refusal SheetReader::set_shared(std::string_view body) {
  const std::uint32_t number = u32(body, 6);
  if (number >= contents_.strings.size()) {
    damaged_ = true;
    return Refusal::none;
  }
  return row_.text(u16(body, 2), contents_.strings[number], false, true);
}

Refusal SheetReader::set_bool_or_error(std::string_view body) {
  const std::uint32_t column = u16(body, 2);
  if (u8(body, 7) != 0) return row_.error(column, biff::error_text(u8(body, 6)), false);
  return row_.boolean(column, u8(body, 6) != 0, false);
}

Refusal SheetReader::set_formula(std::string_view body) {
  const std::uint32_t column = u16(body, 2);
  if (u16(body, 12) != 0xFFFF) return set_number(column, f64(body, 6), u16(body, 4), true);
  switch (u8(body, 6)) {
    case 0: pending_ = Pending{u16(body, 0), column}; return Refusal::none;
    case 1: return row_.boolean(column, u8(body, 8) != 0, true);
    case 2: return row_.error(column, biff::error_text(u8(body, 8)), true);
    default: return Refusal::none;  // 3: an empty text
  }
}

Refusal SheetReader::set_formula_text(std::string_view body) {
  if (!pending_) return Refusal::none;
  const std::uint32_t column = pending_->column;
  pending_.reset();
  return row_.text(column, contents_.text.text(body, 0, 2), true);
}

class XlsWorkbook final : public Workbook {
 public:
  XlsWorkbook(const Source& source, std::unique_ptr<XlsContents> contents)
      : source_(source), contents_(std::move(contents)) {}

  Format format() const override { return Format::xls; }
  const std::vector<SheetInfo>& sheets() const override { return contents_->sheets; }
  Epoch epoch() const override { return contents_->epoch; }
  Progress progress() const override {
    return {done_.load(std::memory_order_relaxed), contents_->stream.size()};
  }

  Result<Done> read(std::size_t sheet, RowSink& sink) override {
    const std::size_t place = contents_->places.at(sheet);
    SheetReader reader(source_, *contents_, contents_->sheets[sheet].name.value_or(""), sink);
    return reader.read(place, done_);
  }

 private:
  Source source_;
  std::unique_ptr<XlsContents> contents_;
  std::atomic<std::uint64_t> done_{0};
};

Error fault_error(const Source& source, CompoundFile::Fault fault) {
  return source.error(fault == CompoundFile::Fault::truncated ? "truncated" : "damaged");
}

}  // namespace

Result<std::unique_ptr<Workbook>> open_xls(const Source& source) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> handle(
      std::fopen(source.path.c_str(), "rb"), &std::fclose);
  std::error_code failure;
  const auto size = std::filesystem::file_size(source.path, failure);
  if (!handle || failure) return source.error("unreadable");
  if (size > source.limits.xls_file_bytes) return source.error("xls_too_large");
  std::string file(size, '\0');
  file.resize(std::fread(file.data(), 1, file.size(), handle.get()));

  CompoundFile container(file);
  if (container.fault() != CompoundFile::Fault::none) return fault_error(source, container.fault());
  if (container.has("EncryptedPackage")) return source.error("encrypted");
  const std::string_view name = container.has("Workbook") ? "Workbook" : "Book";
  if (!container.has(name)) return source.error("unsupported");
  auto stream = container.stream(name);
  if (!stream) return fault_error(source, container.fault());
  auto contents = std::make_unique<XlsContents>();
  contents->stream = std::move(*stream);
  const auto read = GlobalsReader(source, *contents).read();
  if (!read) return read.error();
  return std::unique_ptr<Workbook>(std::make_unique<XlsWorkbook>(source, std::move(contents)));
}

}  // namespace jishi::sheets
