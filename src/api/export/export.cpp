#include "api/export/export.hpp"

#include "api/export/labels.hpp"
#include "base/text.hpp"
#include "base/texts.hpp"
#include "platform/sheets/writer.hpp"

namespace jishi::api {

namespace {

/// A file that goes away unless the answer takes it along.
class PassingFile {
 public:
  explicit PassingFile(std::filesystem::path path) : path_(std::move(path)) {}
  ~PassingFile() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path hand_over() { return std::exchange(path_, {}); }

 private:
  std::filesystem::path path_;
};

/// Writes the chosen cells of each row, values by their names.
class Rows final : public TableRows {
 public:
  Rows(sheets::SheetWriter& writer, const Call& call, const TableAsked& asked,
       std::vector<std::size_t> chosen, std::string mark)
      : writer_(writer),
        codes_(call.exporting->codes),
        language_(call.language()),
        asked_(asked),
        chosen_(std::move(chosen)),
        mark_(std::move(mark)) {}

  Result<Done> add(std::vector<Cell> cells) override {
    if (++rows_ > kMaxExportRows)
      return fail(ErrorKind::refused, "api.export_too_long",
                  {{"limit", std::to_string(kMaxExportRows)}});
    std::vector<sheets::Value> values;
    values.reserve(chosen_.size() + 1);
    for (const std::size_t column : chosen_) {
      if (auto* text = std::get_if<std::string>(&cells[column]))
        *text = value_label(asked_.columns[column], std::move(*text), codes_, language_);
      values.push_back(
          std::visit([](const auto& value) { return sheets::Value(value); }, cells[column]));
    }
    if (!mark_.empty()) values.emplace_back(std::string_view(mark_));
    return writer_.row(values);
  }

  std::int64_t rows() const { return rows_; }

 private:
  sheets::SheetWriter& writer_;
  const Codes& codes_;
  const Language language_;
  const TableAsked& asked_;
  const std::vector<std::size_t> chosen_;
  const std::string mark_;
  std::int64_t rows_ = 0;
};

Result<std::vector<std::size_t>> choose(const TableAsked& asked) {
  std::vector<std::size_t> chosen;
  if (asked.chosen.empty()) {
    for (std::size_t column = 0; column < asked.columns.size(); ++column) chosen.push_back(column);
    return chosen;
  }
  for (const std::string_view name : asked.chosen) {
    const auto found = std::find(asked.columns.begin(), asked.columns.end(), name);
    if (found == asked.columns.end())
      return fail(ErrorKind::invalid, "api.export_unknown_column",
                  {{"path", "fields"}, {"column", std::string(name)}});
    chosen.push_back(static_cast<std::size_t>(found - asked.columns.begin()));
  }
  return chosen;
}

std::string label_of(std::string_view column, Language language) {
  return known_column_label(column, language).value_or(std::string(column));
}

/// Who took it, when, and by which request: in every row, so that a part of it tells as well.
std::string mark_of(const Call& call) {
  return fmt::format("{} {} {}", call.caller.account, to_iso(call.store.clock().today()),
                     call.request.id);
}

Result<std::unique_ptr<sheets::SheetWriter>> open(TableFormat format,
                                                  const std::filesystem::path& path) {
  if (format == TableFormat::xlsx) return sheets::write_xlsx(path);
  return sheets::write_csv(path, {.guard_formulas = true});
}

/// Where our own folder cannot be written, its name and the reason are nothing to whoever asks.
Error told(const Error& error) {
  return error.code == "sheets.unwritable" ? fail(ErrorKind::unavailable, "api.disk_full") : error;
}

http::Response file_answer(const Call& call, const TableAsked& asked, std::filesystem::path path) {
  const bool csv = asked.format == TableFormat::csv;
  http::Response response;
  response.content_type = csv ? "text/csv; charset=utf-8"
                              : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.headers.emplace_back(
      "Content-Disposition",
      fmt::format("attachment; filename=\"{}-{}.{}\"", asked.list.substr(asked.list.find('.') + 1),
                  to_iso(call.store.clock().today()), csv ? "csv" : "xlsx"));
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = http::FileBody{std::move(path), true};
  return response;
}

std::optional<Error> refuse_purpose(const TableAsked& asked) {
  if (asked.personal.empty()) return std::nullopt;
  const std::size_t length = count_code_points(asked.purpose);
  if (length >= kLeastPurpose && length <= kMostPurpose) return std::nullopt;
  return fail(ErrorKind::invalid, "api.purpose_length",
              {{"path", "purpose"},
               {"least", std::to_string(kLeastPurpose)},
               {"most", std::to_string(kMostPurpose)}});
}

}  // namespace

Result<http::Response> export_table(Call& call, const TableAsked& asked,
                                    const std::function<Result<Done>(TableRows&)>& write) {
  if (auto refused = refuse_purpose(asked)) return std::move(*refused);
  const auto chosen = choose(asked);
  if (!chosen) return chosen.error();
  const Exporting& exporting = *call.exporting;
  std::filesystem::create_directories(exporting.folder);
  PassingFile file(exporting.folder / ("export-" + call.request.id));
  auto writer = open(asked.format, file.path());
  if (!writer) return told(writer.error());
  std::vector<sheets::Column> columns;
  for (const std::size_t column : *chosen)
    columns.push_back({label_of(asked.columns[column], call.language())});
  const std::string mark = asked.personal.empty() ? "" : mark_of(call);
  if (!mark.empty()) columns.push_back({label_of("mark", call.language())});
  if (const auto begun = (*writer)->begin_sheet(say(call.language(), "api.export_sheet"), columns);
      !begun)
    return told(begun.error());
  Rows rows(**writer, call, asked, *chosen, mark);
  if (const auto written = write(rows); !written) return told(written.error());
  if (const auto finished = (*writer)->finish(); !finished) return told(finished.error());
  exporting.on_exported({call.caller, call.organisation, asked.list, asked.personal, asked.purpose,
                         rows.rows(), asked.format});
  return file_answer(call, asked, file.hand_over());
}

Result<std::optional<TableFormat>> format_of(const http::Request& request) {
  const auto asked = http::find_field(request.query, "format");
  if (!asked || *asked == "json") return std::optional<TableFormat>();
  TableFormat format{};
  if (boost::describe::enum_from_string(std::string(*asked).c_str(), format))
    return std::optional(format);
  return fail(ErrorKind::invalid, "api.format_unknown",
              {{"path", "format"}, {"format", std::string(*asked)}});
}

}  // namespace jishi::api
