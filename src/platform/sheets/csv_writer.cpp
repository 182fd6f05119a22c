#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "platform/sheets/numbers.hpp"
#include "platform/sheets/utf8.hpp"
#include "platform/sheets/writer.hpp"
#include "platform/sheets/writer_file.hpp"

namespace jishi::sheets {

namespace {

constexpr std::size_t kFlushAt = 256U * 1024U;

/// The text of a value that is no text.
struct PlainText {
  NumberText& room;

  std::string_view operator()(std::monostate) const { return {}; }
  std::string_view operator()(std::string_view text) const { return text; }
  std::string_view operator()(double number) const { return number_text(number, room); }
  std::string_view operator()(Date date) const { return date_text(date, 0, room); }
  std::string_view operator()(std::int64_t number) const {
    const int length = std::snprintf(room.data(), room.size(), "%lld",
                                     static_cast<long long>(number));  // NOLINT
    return {room.data(), static_cast<std::size_t>(length)};
  }
};

class CsvWriter final : public SheetWriter {
 public:
  CsvWriter(const std::filesystem::path& path, const CsvOptions& options)
      : target_(path),
        options_(options),
        special_{options.delimiter, '"', '\r', '\n'},
        file_(std::fopen(target_.part().c_str(), "wb"), &std::fclose) {
    if (options_.byte_order_mark) buffer_ = "\xEF\xBB\xBF";
  }

  bool is_open() const { return file_ != nullptr; }
  Error unwritable() const {
    return target_.error("unwritable", {{"reason", std::strerror(errno)}});
  }

  Result<Done> begin_sheet(std::string_view, std::span<const Column> columns) override {
    if (begun_) return target_.error("one_sheet");
    begun_ = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i != 0) buffer_ += options_.delimiter;
      put_text(columns[i].header);
    }
    return end_line();
  }

  Result<Done> row(std::span<const Value> cells) override {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != 0) buffer_ += options_.delimiter;
      const std::string_view text = std::visit(PlainText{room_}, cells[i]);
      if (std::holds_alternative<std::string_view>(cells[i])) {
        put_text(text);
      } else {
        buffer_ += text;
      }
    }
    return end_line();
  }

  Result<Done> finish() override {
    const auto flushed = flush();
    if (!flushed) return flushed;
    if (std::fclose(file_.release()) != 0) return unwritable();
    return target_.finish();
  }

 private:
  void put_text(std::string_view text) {
    const std::string mended =
        valid_utf8_prefix(text) == text.size() ? std::string{} : mended_utf8(text);
    if (!mended.empty()) text = mended;
    const bool guarded = options_.guard_formulas && !text.empty() &&
                         std::string_view("=+-@\t\r\n").find(text.front()) != std::string::npos;
    if (text.find_first_of(special_) == std::string_view::npos) {
      if (guarded) buffer_ += '\'';
      buffer_ += text;
      return;
    }
    buffer_ += '"';
    if (guarded) buffer_ += '\'';
    for (const char c : text) {
      if (c == '"') buffer_ += '"';
      buffer_ += c;
    }
    buffer_ += '"';
  }

  Result<Done> end_line() {
    buffer_ += "\r\n";
    return buffer_.size() < kFlushAt ? Result<Done>(Done{}) : flush();
  }

  Result<Done> flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) {
      return unwritable();
    }
    buffer_.clear();
    return Done{};
  }

  WriterFile target_;
  CsvOptions options_;
  std::string special_;  // what needs quotes
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string buffer_;
  NumberText room_{};
  bool begun_ = false;
};

}  // namespace

Result<std::unique_ptr<SheetWriter>> write_csv(const std::filesystem::path& path,
                                               const CsvOptions& options) {
  auto writer = std::make_unique<CsvWriter>(path, options);
  if (!writer->is_open()) return writer->unwritable();
  return std::unique_ptr<SheetWriter>(std::move(writer));
}

}  // namespace jishi::sheets
