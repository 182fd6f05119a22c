#include "api/export/export.hpp"

#include "api/export/labels.hpp"
#include "base/clock.hpp"
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

std::string_view column_named(const TableAsked& asked, std::size_t place) {
  const std::size_t own = asked.columns.size();
  return place < own ? asked.columns[place] : asked.personal[place - own];
}

/// How the cells of a column are written.
class ColumnWriter {
 public:
  ColumnWriter(std::string_view list, std::string_view column, const Codes& codes,
               Language language)
      : labels_(list, column, codes, language),
        language_(language),
        moment_(column.ends_with("_ms")) {}

  Cell operator()(Cell cell) const {
    if (auto* text = std::get_if<std::string>(&cell)) return labels_(std::move(*text));
    if (const auto* flag = std::get_if<bool>(&cell))
      return say(language_, *flag ? "api.export_yes" : "api.export_no");
    const auto* number = std::get_if<std::int64_t>(&cell);
    if (!moment_ || number == nullptr) return cell;
    return *number == 0 ? Cell{} : Cell(minute_text(*number));
  }

 private:
  ValueLabels labels_;
  Language language_;
  bool moment_;  // in milliseconds; 0 for never
};

/// Writes the chosen cells of each row, values by their names.
class Rows final : public TableRows {
 public:
  Rows(sheets::SheetWriter& writer, const Call& call, const TableAsked& asked,
       const TableBounds& bounds, std::vector<std::size_t> chosen, std::string mark)
      : writer_(writer), bounds_(bounds), chosen_(std::move(chosen)), mark_(std::move(mark)) {
    for (const std::size_t place : chosen_)
      columns_.emplace_back(asked.list, column_named(asked, place), call.exporting->codes,
                            call.language());
  }

  Result<Done> add(std::vector<Cell> cells) override {
    if (bounds_.cancel != nullptr && *bounds_.cancel)
      return fail(ErrorKind::conflict, "api.export_cancelled");
    if (++rows_ > bounds_.rows)
      return fail(ErrorKind::refused, bounds_.too_long, {{"limit", std::to_string(bounds_.rows)}});
    std::vector<sheets::Value> values;
    values.reserve(chosen_.size() + 1);
    for (std::size_t at = 0; at < chosen_.size(); ++at) {
      Cell& cell = cells[chosen_[at]];
      cell = columns_[at](std::move(cell));
      values.push_back(value_of(cell));
    }
    if (!mark_.empty()) values.emplace_back(std::string_view(mark_));
    if (bytes_ > bounds_.bytes) return fail(ErrorKind::limited, "api.export_no_room");
    if (bounds_.progress) bounds_.progress(rows_);
    return writer_.row(values);
  }

  std::int64_t rows() const { return rows_; }

 private:
  sheets::Value value_of(const Cell& cell) {
    ++bytes_;
    if (const auto* text = std::get_if<std::string>(&cell)) {
      bytes_ += static_cast<std::int64_t>(text->size());
      return std::string_view(*text);
    }
    return std::visit([](const auto& value) { return sheets::Value(value); }, cell);
  }

  sheets::SheetWriter& writer_;
  const TableBounds& bounds_;
  const std::vector<std::size_t> chosen_;
  std::vector<ColumnWriter> columns_;  // of those chosen
  const std::string mark_;
  std::int64_t rows_ = 0;
  std::int64_t bytes_ = 0;
};

/// The places of the columns that are wanted: those chosen, and all personal ones.
Result<std::vector<std::size_t>> choose(const TableAsked& asked) {
  std::vector<std::size_t> chosen;
  for (const std::string_view name : asked.chosen) {
    const auto found = std::find(asked.columns.begin(), asked.columns.end(), name);
    if (found == asked.columns.end())
      return fail(ErrorKind::invalid, "api.export_unknown_column",
                  {{"path", "fields"}, {"column", std::string(name)}});
    chosen.push_back(static_cast<std::size_t>(found - asked.columns.begin()));
  }
  const std::size_t from = asked.chosen.empty() ? 0 : asked.columns.size();
  for (std::size_t place = from; place < asked.columns.size() + asked.personal.size(); ++place)
    chosen.push_back(place);
  return chosen;
}

std::string label_of(std::string_view list, std::string_view column, bool of_persons,
                     Language language) {
  return column_label(list, column, of_persons, language).value_or(std::string(column));
}

std::vector<sheets::Column> heads_of(const TableAsked& asked,
                                     const std::vector<std::size_t>& chosen, Language language) {
  const bool persons =
      std::find(asked.columns.begin(), asked.columns.end(), "person") != asked.columns.end();
  std::vector<sheets::Column> heads;
  for (const std::size_t place : chosen)
    heads.push_back({label_of(asked.list, column_named(asked, place), persons, language)});
  return heads;
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

std::optional<Error> refuse_purpose(const TableAsked& asked) {
  if (asked.personal.empty()) return std::nullopt;
  const std::size_t length = count_code_points(asked.purpose);
  if (length >= kLeastPurpose && length <= kMostPurpose) return std::nullopt;
  return fail(ErrorKind::invalid, "api.purpose_length",
              {{"path", "purpose"},
               {"least", std::to_string(kLeastPurpose)},
               {"most", std::to_string(kMostPurpose)}});
}

bool covers_all(const Call& call, Permission permission, const std::vector<Place>& places) {
  return std::all_of(places.begin(), places.end(), [&](const Place& place) {
    return call.gate.covers(call.caller, permission, place);
  });
}

}  // namespace

std::vector<Place> shown_places(const Call& call) {
  auto places = call.gate.scope(call.caller, call.permission);
  if (call.organisation == kNoId) return places;
  std::vector<Place> here;
  for (const Place& place : places) {
    const auto same = [&](const Place& other) { return other.structure == place.structure; };
    if (std::any_of(here.begin(), here.end(), same)) continue;
    Place shown{call.organisation, place.structure, true};
    shown.below = call.gate.covers(call.caller, call.permission, shown);
    if (call.gate.covers(call.caller, call.permission, shown)) here.push_back(std::move(shown));
  }
  return here;
}

bool still_shown(const Call& call, const std::vector<Place>& places) {
  return covers_all(call, call.permission, places);
}

std::optional<Error> refuse_table(const TableAsked& asked) {
  if (auto refused = refuse_purpose(asked)) return refused;
  if (const auto chosen = choose(asked); !chosen) return chosen.error();
  return std::nullopt;
}

std::optional<Error> refuse_export(const Call& call, bool personal) {
  const Permission permission = personal ? "export.personal" : "export.make";
  // Published reference data may be taken along by whoever may look at it.
  if (call.permission.empty() && !personal) return std::nullopt;
  const bool may = call.organisation == kNoId
                       ? call.gate.may_somewhere(call.caller, permission)
                       : call.gate.may(call.caller, permission, call.organisation);
  if (may && covers_all(call, permission, shown_places(call))) return std::nullopt;
  return fail(ErrorKind::forbidden, "api.forbidden", {{"permission", std::string(permission)}});
}

Result<std::int64_t> write_table(const Call& call, const TableAsked& asked,
                                 const std::filesystem::path& path, const TableBounds& bounds,
                                 const WriteRows& write) {
  if (auto refused = refuse_purpose(asked)) return std::move(*refused);
  const auto chosen = choose(asked);
  if (!chosen) return chosen.error();
  auto writer = open(asked.format, path);
  if (!writer) return told(writer.error());
  auto heads = heads_of(asked, *chosen, call.language());
  const std::string mark = asked.personal.empty() ? "" : mark_of(call);
  if (!mark.empty()) heads.push_back({label_of(asked.list, "mark", false, call.language())});
  if (const auto begun = (*writer)->begin_sheet(say(call.language(), "api.export_sheet"), heads);
      !begun)
    return told(begun.error());
  Rows rows(**writer, call, asked, bounds, *chosen, mark);
  if (const auto written = write(rows); !written) return told(written.error());
  if (const auto finished = (*writer)->finish(); !finished) return told(finished.error());
  return rows.rows();
}

Result<http::Response> export_table(Call& call, const TableAsked& asked, const WriteRows& write) {
  const Exporting& exporting = *call.exporting;
  call.table = &asked;
  std::filesystem::create_directories(exporting.folder);
  PassingFile file(exporting.folder / ("passing-" + call.request.id));
  const auto rows = write_table(call, asked, file.path(), {}, write);
  if (!rows) return rows.error();
  exporting.on_exported({call.caller, call.organisation, asked.list, asked.personal, asked.purpose,
                         *rows, asked.format});
  return table_answer(call, asked.list, asked.format, file.hand_over(), true);
}

http::Response table_answer(const Call& call, std::string_view list, TableFormat format,
                            std::filesystem::path path, bool passing) {
  const bool csv = format == TableFormat::csv;
  http::Response response;
  response.content_type = csv ? "text/csv; charset=utf-8"
                              : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.headers.emplace_back(
      "Content-Disposition",
      fmt::format("attachment; filename=\"{}-{}.{}\"", list.substr(list.find('.') + 1),
                  to_iso(call.store.clock().today()), csv ? "csv" : "xlsx"));
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = http::FileBody{std::move(path), passing};
  return response;
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
