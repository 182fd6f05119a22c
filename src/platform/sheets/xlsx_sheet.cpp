#include "platform/sheets/xlsx_sheet.hpp"

#include <algorithm>
#include <charconv>

#include "platform/sheets/utf8.hpp"

namespace jishi::sheets {

namespace {

constexpr std::uint32_t kNoStyle = 0xFFFFFFFF;

/// The column (from 0) of a reference such as `AB12`; nothing where it is none.
std::optional<std::uint32_t> column_of(std::string_view reference) {
  std::uint32_t column = 0;
  for (const char c : reference) {
    if (c >= 'A' && c <= 'Z') {
      column = column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
    } else if (c >= 'a' && c <= 'z') {
      column = column * 26 + static_cast<std::uint32_t>(c - 'a' + 1);
    } else {
      break;
    }
    if (column > 1'000'000) break;  // past every limit, and the sum must not overflow
  }
  if (column == 0) return std::nullopt;
  return column - 1;
}

enum class CellType { number, shared, text, inline_text, boolean, error, iso_date };

CellType cell_type(std::string_view type) {
  if (type == "s") return CellType::shared;
  if (type == "inlineStr") return CellType::inline_text;
  if (type == "str") return CellType::text;
  if (type == "b") return CellType::boolean;
  if (type == "e") return CellType::error;
  return type == "d" ? CellType::iso_date : CellType::number;
}

class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const Source& source, const SheetContext& context, RowSink& sink)
      : source_(source), context_(context), row_(sink, source.limits, context.epoch) {}

  void start(std::string_view name, const Attributes& attributes) override;
  void end(std::string_view name) override;
  void characters(std::string_view text) override;

 private:
  enum class Capture { nothing, value, inline_text };

  void start_row(const Attributes& attributes);
  void start_cell(const Attributes& attributes);
  void end_row();
  void end_cell();
  Refusal set_cell();
  Refusal set_shared();
  Refusal set_number();
  Refusal set_iso_date();
  void refuse(Refusal refusal);

  const Source& source_;
  const SheetContext& context_;
  RowBuilder row_;
  std::uint32_t rows_ = 0;
  std::uint32_t next_row_ = 1;
  std::uint32_t next_column_ = 0;
  bool in_data_ = false;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool in_phonetic_ = false;
  Capture capture_ = Capture::nothing;
  // The cell being read.
  std::uint32_t column_ = 0;
  std::uint32_t style_ = kNoStyle;
  CellType type_ = CellType::number;
  bool formula_ = false;
  std::string value_;
};

void SheetHandler::start(std::string_view name, const Attributes& attributes) {
  if (in_cell_) {
    if (name == "v") {
      capture_ = Capture::value;
      value_.clear();
    } else if (name == "t") {
      if (!in_phonetic_) capture_ = Capture::inline_text;
    } else if (name == "f") {
      formula_ = true;
    } else if (name == "rPh") {
      in_phonetic_ = true;
    }
  } else if (in_row_) {
    if (name == "c") start_cell(attributes);
  } else if (in_data_) {
    if (name == "row") start_row(attributes);
  } else if (name == "sheetData") {
    in_data_ = true;
  }
}

void SheetHandler::end(std::string_view name) {
  capture_ = Capture::nothing;
  if (in_cell_) {
    if (name == "c") end_cell();
    if (name == "rPh") in_phonetic_ = false;
  } else if (in_row_) {
    if (name == "row") end_row();
  } else if (in_data_ && name == "sheetData") {
    in_data_ = false;  // read on, so that the archive's checksum is looked at
  }
}

void SheetHandler::characters(std::string_view text) {
  if (capture_ == Capture::nothing) return;
  value_ += text;
  // A character may stand as _xHHHH_, and takes up to three bytes otherwise.
  if (value_.size() > std::size_t{source_.limits.text_length} * 7) refuse(Refusal::cell_too_long);
}

void SheetHandler::start_row(const Attributes& attributes) {
  in_row_ = true;
  const std::uint32_t number = std::max(attributes.number("r", next_row_), 1U);
  next_row_ = number + 1;
  next_column_ = 0;
  row_.begin(number);
  const std::uint32_t limit = source_.limits.workbook_rows;
  if (++rows_ > limit || number > limit) refuse(Refusal::too_many_rows);
}

void SheetHandler::start_cell(const Attributes& attributes) {
  in_cell_ = true;
  in_phonetic_ = false;
  column_ = next_column_;
  style_ = kNoStyle;
  type_ = CellType::number;
  formula_ = false;
  value_.clear();
  // A million cells a second pass here: one look at each attribute.
  for (const char** pair = attributes.begin(); *pair != nullptr; pair += 2) {
    const std::string_view name = pair[0];
    const std::string_view value = pair[1];
    if (name == "r") {
      column_ = column_of(value).value_or(next_column_);
    } else if (name == "t") {
      type_ = cell_type(value);
    } else if (name == "s") {
      std::from_chars(value.data(), value.data() + value.size(), style_);
    }
  }
  next_column_ = column_ + 1;
}

void SheetHandler::end_cell() {
  in_cell_ = false;
  const bool blank = value_.empty() && type_ != CellType::error;
  if (!blank) refuse(set_cell());
}

Refusal SheetHandler::set_cell() {
  switch (type_) {
    case CellType::number: return set_number();
    case CellType::shared: return set_shared();
    case CellType::text:
    case CellType::inline_text:
      if (value_.find("_x") != std::string::npos) value_ = unescaped(value_);
      return row_.text(column_, value_, formula_);
    case CellType::boolean:
      return row_.boolean(column_, value_ == "1" || value_ == "true", formula_);
    case CellType::error: return row_.error(column_, value_, formula_);
    case CellType::iso_date: return set_iso_date();
  }
  return Refusal::none;
}

Refusal SheetHandler::set_shared() {
  std::uint32_t number = 0;
  const char* end = value_.data() + value_.size();
  const auto read = std::from_chars(value_.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) {
    fail(source_.error("damaged"));
    return Refusal::none;
  }
  const auto text = context_.strings.at(number);
  if (!text) {
    fail(text.error());
    return Refusal::none;
  }
  return row_.text(column_, *text, formula_, true);
}

Refusal SheetHandler::set_number() {
  double number = 0;
  if (!parse_number(value_, number)) return row_.text(column_, value_, formula_);
  const NumberFormat format =
      style_ < context_.styles.size() ? context_.styles[style_] : NumberFormat::number;
  return row_.number(column_, number, value_, format, formula_);
}

Refusal SheetHandler::set_iso_date() {
  const std::string_view text = value_;
  const auto day = parse_iso_date(text.substr(0, 10));
  if (!day || (text.size() > 10 && text[10] != 'T' && text[10] != ' ')) {
    return row_.text(column_, text, formula_);
  }
  const auto two = [text](std::size_t at) {
    double value = 0;
    const bool read = text.size() >= at + 2 && parse_number(text.substr(at, 2), value);
    return read ? value : 0.0;
  };
  const double time = (two(11) * 3600 + two(14) * 60 + two(17)) / 86'400;
  const double serial = serial_of_date(*day, context_.epoch);
  return row_.date(column_, *day, time < 1 ? serial + time : serial, formula_);
}

void SheetHandler::end_row() {
  in_row_ = false;
  if (!row_.give()) stop();
}

void SheetHandler::refuse(Refusal refusal) {
  if (refusal == Refusal::none) return;
  fail(refused(source_, refusal, {context_.name, row_.number()}));
}

}  // namespace

Result<Done> read_xlsx_sheet(ZipPackage& package, ZipPart part, const SheetContext& context,
                             RowSink& sink) {
  SheetHandler handler(package.source(), context, sink);
  XmlStream stream(std::move(part), handler, package.source());
  for (;;) {
    const auto more = stream.pump();
    if (!more) return more.error();
    context.bytes.store(stream.part().bytes_read(), std::memory_order_relaxed);
    if (!*more) return Done{};
  }
}

}  // namespace jishi::sheets
