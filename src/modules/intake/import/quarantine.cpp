#include "modules/intake/import/quarantine.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "modules/intake/import/quarantine.sql.hpp"

namespace jishi::intake {

namespace {

struct RefusedColumns {
  std::int64_t row = 0;
  std::string codes;
  Blob cells;
  std::optional<Blob> problems;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(RefusedColumns, (), (row, codes, cells, problems, state))

struct SheetColumns {
  std::string file;
  std::optional<std::string> name;
  std::optional<std::string> kind;
  std::string headers;
  std::string columns;
  int epoch = 0;
};
BOOST_DESCRIBE_STRUCT(SheetColumns, (), (file, name, kind, headers, columns, epoch))

std::string context_of(std::string_view what, const RowPlace& place) {
  return fmt::format("intake.{}:{}:{}:{}", what, place.batch, place.sheet, place.row);
}

std::string json_of(const std::vector<const Problem*>& problems) {
  boost::json::array all;
  for (const Problem* problem : problems) {
    boost::json::object arguments;
    for (const auto& [name, value] : problem->arguments) arguments[name] = value;
    all.push_back(boost::json::object{
        {"code", problem->code}, {"column", problem->column}, {"arguments", std::move(arguments)}});
  }
  return boost::json::serialize(all);
}

// What this module wrote itself; anything else would have failed to open.
std::vector<Problem> problems_of(const std::string& json) {
  std::vector<Problem> problems;
  const auto parsed = boost::json::parse(json);
  for (const auto& item : parsed.as_array()) {
    Problem problem;
    problem.code = item.at("code").as_string();
    problem.column = item.at("column").as_string();
    for (const auto& [name, value] : item.at("arguments").as_object())
      problem.arguments.emplace_back(name, value.as_string());
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

RefusedRow opened(const crypto::Keys& keys, const RowPlace& place, const RefusedColumns& columns) {
  RefusedRow row;
  row.place = place;
  row.place.row = columns.row;
  row.codes = words_of(columns.codes);
  row.accepted = columns.state == "accepted";
  const auto cells = keys.cipher().open(columns.cells, context_of("cells", row.place));
  if (cells) row.cells = *cells;
  if (!columns.problems) return row;
  const auto problems = keys.cipher().open(*columns.problems, context_of("problems", row.place));
  if (problems) row.problems = problems_of(*problems);
  return row;
}

std::optional<SheetKind> kind_named(std::string_view name) {
  for (const SheetKind kind : kSheetKinds) {
    if (name == name_of(kind)) return kind;
  }
  return std::nullopt;
}

}  // namespace

std::vector<const Problem*> refusals_of(const ReadRow& read) {
  std::vector<const Problem*> first;
  for (const Problem& problem : read.problems) {
    const bool told = std::any_of(first.begin(), first.end(),
                                  [&](const Problem* p) { return p->code == problem.code; });
    if (problem.refuses && !told) first.push_back(&problem);
  }
  return first;
}

void keep_refused(Transaction& tx, const RowPlace& place, const ReadRow& read,
                  std::string_view cells) {
  const auto problems = refusals_of(read);
  std::string codes;
  std::string columns;
  for (const Problem* problem : problems) {
    codes += (codes.empty() ? "" : " ") + problem->code;
    columns += (columns.empty() ? "" : " ") + problem->column;
  }
  const crypto::Cipher& cipher = tx.store().keys().cipher();
  tx.run(sql::quarantine::add_refused, place.batch, place.sheet, place.row, codes, columns,
         cipher.seal(cells, context_of("cells", place)),
         cipher.seal(json_of(problems), context_of("problems", place)));
}

void keep_notes(Transaction& tx, const RowPlace& place, const ReadRow& read) {
  boost::json::object notes;
  for (const auto& [header, cell] : read.notes) notes[header] = cell;
  tx.run(
      sql::quarantine::add_note, place.batch, place.sheet, place.row,
      tx.store().keys().cipher().seal(boost::json::serialize(notes), context_of("notes", place)));
}

std::optional<RefusedRow> refused_row(db::Reader& reader, const crypto::Keys& keys,
                                      const RowPlace& place) {
  const auto row =
      reader.one<RefusedColumns>(sql::quarantine::refused, place.batch, place.sheet, place.row);
  return row ? std::optional(opened(keys, place, *row)) : std::nullopt;
}

std::vector<RefusedRow> open_rows(db::Reader& reader, const crypto::Keys& keys,
                                  const RowPlace& after, int limit) {
  std::vector<RefusedRow> rows;
  reader.each<RefusedColumns>(
      sql::quarantine::open_rows,
      [&](const RefusedColumns& row) { rows.push_back(opened(keys, after, row)); }, after.batch,
      after.sheet, after.row, limit);
  return rows;
}

Result<KeptSheet> kept_sheet(db::Reader& reader, Id batch, int sheet) {
  const auto row = reader.one<SheetColumns>(sql::quarantine::sheet, batch, sheet);
  const auto kind = row && row->kind ? kind_named(*row->kind) : std::nullopt;
  if (!kind) return fail(ErrorKind::not_found, "intake.row_missing");
  KeptSheet kept{row->file, row->name, {}};
  kept.layout.kind = *kind;
  kept.layout.epoch = row->epoch == 1904 ? sheets::Epoch::e1904 : sheets::Epoch::e1900;
  const auto headers = boost::json::parse(row->headers);
  for (const auto& header : headers.as_array())
    kept.layout.headers.emplace_back(header.as_string());
  const auto columns = boost::json::parse(row->columns);
  for (const auto& column : columns.as_array()) {
    const auto* name = column.if_string();
    kept.layout.columns.push_back(name == nullptr ? std::nullopt : column_named(*kind, *name));
  }
  return kept;
}

std::string headers_json(const Layout& layout) {
  boost::json::array headers;
  for (const std::string& header : layout.headers) headers.emplace_back(header);
  return boost::json::serialize(headers);
}

std::string columns_json(const Layout& layout) {
  boost::json::array columns;
  for (const auto& column : layout.columns) {
    columns.push_back(column ? boost::json::value(header_of(*column))
                             : boost::json::value(nullptr));
  }
  return boost::json::serialize(columns);
}

}  // namespace jishi::intake
