#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <set>
#include <string>

#include <xlsxwriter.h>

#include "platform/sheets/numbers.hpp"
#include "platform/sheets/source.hpp"
#include "platform/sheets/utf8.hpp"
#include "platform/sheets/writer.hpp"
#include "platform/sheets/writer_file.hpp"

namespace jishi::sheets {

namespace {

constexpr std::size_t kMaxName = 31;                        // characters of a sheet's name
constexpr std::int64_t kSafeInteger = 999'999'999'999'999;  // 15 digits
constexpr time_t kCreated = 1'577'836'800;  // 2020-01-01: files must not depend on the clock
// Of a sheet's XML, before it is packed: what needs more takes ZIP64, which not every reader has.
constexpr std::uint64_t kMaxSheetBytes = 3'500'000'000;
constexpr std::uint64_t kRowBytes = 32;
constexpr std::uint64_t kCellBytes = 64;  // around the text of a cell
constexpr double kMinWidth = 8;
constexpr double kMaxWidth = 60;

/// XML holds no control characters, and OOXML reads `_x0041_` as an escape: both are escaped.
std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool control = byte < 0x20 && byte != '\t' && byte != '\n';
    const bool looks_escaped =
        byte == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_';
    if (control || looks_escaped) {
      constexpr std::string_view kDigits = "0123456789ABCDEF";
      result.append("_x00").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 15U]);
      result += '_';
    } else {
      result += text[i];
    }
  }
  return result;
}

bool needs_escape(std::string_view text) {
  return text.find("_x") != std::string_view::npos ||
         std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

/// Cuts valid UTF-8 to a number of UTF-16 units.
std::string cut(std::string_view text, std::size_t units) {
  std::string result(text);
  while (utf16_length(result) > units) {
    while ((static_cast<unsigned char>(result.back()) & 0xC0U) == 0x80) result.pop_back();
    result.pop_back();
  }
  return result;
}

std::string mended_name(std::string_view name, std::size_t number) {
  std::string mended = mended_utf8(name);
  for (char& c : mended) {
    if (std::strchr("[]:*?/\\", c) != nullptr || static_cast<unsigned char>(c) < 0x20) c = '_';
  }
  mended = cut(mended, kMaxName);
  if (!mended.empty() && mended.front() == '\'') mended.front() = '_';
  if (!mended.empty() && mended.back() == '\'') mended.back() = '_';
  return mended.empty() ? "Sheet" + std::to_string(number) : mended;
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

double width_of(const Column& column) {
  if (column.width > 0) return std::min(column.width, 255.0);
  double width = 2;
  for (const char c : column.header) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) width += 1;
    if (byte >= 0xC0) width += 2;
  }
  return std::clamp(width, kMinWidth, kMaxWidth);
}

class XlsxWriter final : public SheetWriter {
 public:
  explicit XlsxWriter(const std::filesystem::path& path) : target_(path) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    // Beside the file: the folder for temporary files may lie in memory.
    std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
    options.tmpdir = folder.data();
    book_.reset(workbook_new_opt(target_.part().c_str(), &options));
    lxw_doc_properties properties{};
    properties.created = kCreated;
    workbook_set_properties(book_.get(), &properties);
    header_ = workbook_add_format(book_.get());
    format_set_bold(header_);
    date_ = workbook_add_format(book_.get());
    format_set_num_format(date_, "yyyy-mm-dd");
  }

  bool is_open() const { return book_ != nullptr; }
  Error unwritable(const char* reason) const {
    return target_.error("unwritable", {{"reason", reason}});
  }

  Result<Done> begin_sheet(std::string_view name, std::span<const Column> columns) override {
    if (const auto whole = settle_rows(); !whole) return whole;
    const std::string free_name = next_name(name);
    sheet_ = workbook_add_worksheet(book_.get(), free_name.c_str());
    if (sheet_ == nullptr) return unwritable("worksheet");
    name_ = free_name;
    row_ = 0;
    written_ = 0;
    if (columns.size() > Limits{}.columns) return too_many_columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, column, column, width_of(columns[i]), nullptr);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto written = put(static_cast<lxw_col_t>(i), columns[i].header, header_);
      if (!written) return written;
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    row_ = 1;
    return Done{};
  }

  Result<Done> row(std::span<const Value> cells) override {
    const Limits limits;
    if (sheet_ == nullptr) return unwritable("begin_sheet");
    if (row_ >= limits.workbook_rows) {
      return target_.error("too_many_rows", with_place(limits.workbook_rows));
    }
    if (cells.size() > limits.columns) return too_many_columns();
    if (written_ > kMaxSheetBytes)
      return target_.error("sheet_too_large", with_place(kMaxSheetBytes));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      const auto written = std::visit([&](auto value) { return put(column, value); }, cells[i]);
      if (!written) return written;
    }
    ++row_;
    written_ += kRowBytes + cells.size() * kCellBytes;
    return Done{};
  }

  Result<Done> finish() override {
    if (const auto whole = settle_rows(); !whole) return whole;
    const lxw_error error = workbook_close(book_.release());  // frees the book in any case
    if (error != LXW_NO_ERROR) return unwritable(lxw_strerror(error));
    return target_.finish();
  }

 private:
  struct Free {
    void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
  };

  Arguments with_place(std::uint64_t limit) const {
    Arguments arguments = Place{name_, row_ + 1}.arguments(target_.name());
    arguments.emplace_back("limit", std::to_string(limit));
    return arguments;
  }
  Error too_many_columns() const {
    return target_.error("too_many_columns", with_place(Limits{}.columns));
  }

  std::string next_name(std::string_view name) {
    const std::string mended = mended_name(name, names_.size() + 1);
    std::string free_name = mended;
    for (int number = 2; !names_.insert(lower_case(free_name)).second; ++number) {
      const std::string suffix = " (" + std::to_string(number) + ")";
      free_name = cut(mended, kMaxName - suffix.size()) + suffix;
    }
    return free_name;
  }

  // The library does not look whether its temporary file took the rows: on a full disk they would
  // be missing from a workbook that seems whole.
  Result<Done> settle_rows() const {
    if (sheet_ == nullptr || sheet_->optimize_tmpfile == nullptr) return Done{};
    std::FILE* file = sheet_->optimize_tmpfile;
    if (std::fflush(file) == 0 && std::ferror(file) == 0) return Done{};
    return unwritable(std::strerror(errno != 0 ? errno : ENOSPC));
  }

  Result<Done> checked(lxw_error error) const {
    if (error != LXW_NO_ERROR) return unwritable(lxw_strerror(error));
    return Done{};
  }

  Result<Done> put(lxw_col_t, std::monostate) { return Done{}; }

  Result<Done> put(lxw_col_t column, std::string_view text, lxw_format* format = nullptr) {
    if (text.empty()) return Done{};
    std::string copy = mended_utf8(text);
    const std::uint32_t limit = Limits{}.text_length;
    if (utf16_length(copy) > limit) return target_.error("cell_too_long", with_place(limit));
    if (needs_escape(copy)) copy = escaped(copy);
    written_ += copy.size();
    return checked(worksheet_write_string(sheet_, row_, column, copy.c_str(), format));
  }

  Result<Done> put(lxw_col_t column, double number) {
    if (!std::isfinite(number)) return Done{};
    return checked(worksheet_write_number(sheet_, row_, column, number, nullptr));
  }

  Result<Done> put(lxw_col_t column, std::int64_t number) {
    if (number > kSafeInteger || number < -kSafeInteger) {
      return put(column, std::string_view(std::to_string(number)));
    }
    return put(column, static_cast<double>(number));
  }

  Result<Done> put(lxw_col_t column, Date date) {
    const double serial = serial_of_date(date, Epoch::e1900);
    if (!date_of_serial(serial, Epoch::e1900)) {
      return put(column, std::string_view(to_iso(date)));  // before 1900
    }
    return checked(worksheet_write_number(sheet_, row_, column, serial, date_));
  }

  WriterFile target_;
  std::unique_ptr<lxw_workbook, Free> book_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* header_ = nullptr;
  lxw_format* date_ = nullptr;
  std::string name_;
  std::set<std::string> names_;
  lxw_row_t row_ = 0;
  std::uint64_t written_ = 0;  // bytes of the sheet's XML, about
};

}  // namespace

Result<std::unique_ptr<SheetWriter>> write_xlsx(const std::filesystem::path& path) {
  std::error_code failure;
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  auto writer = std::make_unique<XlsxWriter>(path);
  if (!writer->is_open()) return writer->unwritable("workbook");
  if (!std::filesystem::is_directory(folder, failure)) return writer->unwritable("folder");
  return std::unique_ptr<SheetWriter>(std::move(writer));
}

}  // namespace jishi::sheets
