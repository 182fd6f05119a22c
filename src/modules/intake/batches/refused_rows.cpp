#include "base/texts.hpp"
#include "modules/intake/batches/batches.hpp"
#include "modules/intake/batches/refused_rows.sql.hpp"
#include "modules/intake/import/kept_cells.hpp"
#include "modules/intake/import/quarantine.hpp"
#include "platform/sheets/writer.hpp"

namespace jishi::intake {

namespace {

using sheets::Cell;
using sheets::Value;

constexpr std::string_view kReason = "原因";
constexpr int kPage = 500;
constexpr std::size_t kExactDigits = 15;  // what a spreadsheet's number holds

/// Whether a column tells of a day: a bare day number in it counts in its workbook's own epoch.
bool tells_day(Column column) {
  switch (column) {
    case Column::founded:
    case Column::elected:
    case Column::extended_to:
    case Column::ended:
    case Column::birth:
    case Column::joined:
    case Column::confirmed:
    case Column::probation_until:
    case Column::lost_since:
    case Column::floating_since:
    case Column::post_from:
    case Column::post_to:
    case Column::held_on:
    case Column::period:
    case Column::month:
    case Column::paid_on: return true;
    default: return false;
  }
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

bool is_csv(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".csv";
}

/// Writes the open rows of one sheet.
class RefusedSheet {
 public:
  RefusedSheet(const KeptSheet& sheet, sheets::SheetWriter& writer, Language language)
      : sheet_(sheet), writer_(writer), language_(language) {}

  Result<Done> begin() {
    const Layout& layout = sheet_.layout;
    std::vector<sheets::Column> columns;
    for (const std::string& header : layout.headers) columns.push_back({header});
    // Rows that were corrected and refused again bring the column along: it is written anew.
    while (!columns.empty() && columns.back().header == kReason) columns.pop_back();
    width_ = columns.size();
    columns.push_back({std::string(kReason), 60});
    return writer_.begin_sheet(sheet_.name.value_or(sheet_.file), columns);
  }

  Result<Done> write(const RefusedRow& row) {
    const KeptCells kept(row.cells);
    texts_.clear();
    texts_.reserve(width_ + 1);  // values are views into them
    values_.assign(width_ + 1, {});
    for (std::size_t i = 0; i < std::min(width_, kept.cells().size()); ++i)
      values_[i] = value_of(i, kept.cells()[i]);
    texts_.push_back(reasons_of(row));
    values_[width_] = std::string_view(texts_.back());
    return writer_.row(values_);
  }

 private:
  // Texts stay texts and dates ISO texts, so that no spreadsheet takes a code for something else.
  // Numbers stay numbers where that loses nothing: 2026.1 as a text would be January.
  Value value_of(std::size_t at, const Cell& cell) {
    if (cell.kind == Cell::Kind::empty) return {};
    if (cell.kind != Cell::Kind::number) return cell.text;
    const auto column =
        at < sheet_.layout.columns.size() ? sheet_.layout.columns[at] : std::nullopt;
    if (column && tells_day(*column) && cell.number >= 2'100 && cell.number < 100'000) {
      const auto date = sheets::date_of_serial(cell.number, sheet_.layout.epoch);
      if (date) return std::string_view(texts_.emplace_back(to_iso(*date)));
    }
    if (count_digits(cell.text) > kExactDigits && cell.number >= 1e15) return cell.text;
    return cell.number;
  }

  std::string reasons_of(const RefusedRow& row) const {
    std::string reasons;
    for (const Problem& problem : row.problems) {
      if (!reasons.empty()) reasons += '\n';
      reasons += say(language_, "intake." + problem.code, problem.arguments);
    }
    return reasons;
  }

  const KeptSheet& sheet_;
  sheets::SheetWriter& writer_;
  Language language_;
  std::size_t width_ = 0;
  std::vector<std::string> texts_;
  std::vector<Value> values_;
};

Result<std::int64_t> write_sheet(db::Reader& reader, const crypto::Keys& keys, RowPlace place,
                                 sheets::SheetWriter& writer, Language language) {
  const auto sheet = kept_sheet(reader, place.batch, place.sheet);
  if (!sheet) return sheet.error();
  RefusedSheet refused(*sheet, writer, language);
  if (const auto begun = refused.begin(); !begun) return begun.error();
  std::int64_t count = 0;
  while (true) {
    const auto rows = open_rows(reader, keys, place, kPage);
    for (const RefusedRow& row : rows) {
      if (const auto written = refused.write(row); !written) return written.error();
    }
    count += static_cast<std::int64_t>(rows.size());
    if (rows.size() < static_cast<std::size_t>(kPage)) return count;
    place.row = rows.back().place.row;
  }
}

}  // namespace

Result<std::int64_t> write_refused(Store& store, Id batch, const std::filesystem::path& out,
                                   Language language) {
  return store.read([&](db::Reader& reader) -> Result<std::int64_t> {
    if (!reader.one<Id>(sql::refused_rows::batch, batch)) {
      return fail(ErrorKind::not_found, "intake.batch_missing", {{"batch", std::to_string(batch)}});
    }
    const auto numbers = reader.all<int>(sql::refused_rows::sheets, batch);
    if (numbers.empty()) return fail(ErrorKind::refused, "intake.nothing_refused");
    const bool csv = is_csv(out);
    if (csv && numbers.size() > 1) return fail(ErrorKind::invalid, "intake.csv_one_sheet");
    auto writer = csv ? sheets::write_csv(out) : sheets::write_xlsx(out);
    if (!writer) return writer.error();
    std::int64_t count = 0;
    for (const int number : numbers) {
      const auto written =
          write_sheet(reader, store.keys(), {batch, number, 0}, **writer, language);
      if (!written) return written.error();
      count += *written;
    }
    if (const auto finished = (*writer)->finish(); !finished) return finished.error();
    return count;
  });
}

}  // namespace jishi::intake
