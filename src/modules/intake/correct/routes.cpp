#include "modules/intake/correct/routes.hpp"

#include "api/paging.hpp"
#include "base/text.hpp"
#include "base/texts.hpp"
#include "modules/intake/correct/correct.hpp"
#include "modules/intake/correct/correct.sql.hpp"
#include "modules/intake/facts.hpp"
#include "modules/intake/import_job/reach_below.hpp"
#include "modules/intake/imports/imports.hpp"

namespace jishi::intake {

namespace {

constexpr api::Permission kImport = "intake.import";
using api::Call;

struct RowsQuery {
  int sheet = 0;  // its number within the import
  std::optional<std::string> code;
  bool all = false;                    // with those that were dealt with already
  std::optional<std::string> purpose;  // of seeing personal values whole
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(RowsQuery, (), (sheet, code, all, purpose, after, limit))

struct ShownProblem {
  std::string column;
  std::string code;
  std::string text;
  bool acceptable = false;
};
BOOST_DESCRIBE_STRUCT(ShownProblem, (), (column, code, text, acceptable))

struct ShownRow {
  int row = 0;  // as the spreadsheet counts
  std::vector<std::string> cells;
  std::vector<ShownProblem> problems;
  bool accepted = false;
};
BOOST_DESCRIBE_STRUCT(ShownRow, (), (row, cells, problems, accepted))

struct ShownColumn {
  std::string header;
  std::optional<std::string> column;  // what it was taken for
};
BOOST_DESCRIBE_STRUCT(ShownColumn, (), (header, column))

struct RefusedPage {
  int sheet = 0;
  std::string file;
  std::optional<std::string> name;
  std::string kind;
  std::vector<ShownColumn> columns;
  bool whole = false;  // personal values are not masked
  std::vector<ShownRow> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(RefusedPage, (), (sheet, file, name, kind, columns, whole, items, next))

std::vector<ShownProblem> shown(const std::vector<Problem>& problems, Language language) {
  std::vector<ShownProblem> told;
  for (const Problem& problem : problems) {
    Arguments arguments = problem.arguments;
    arguments.emplace_back("column", problem.column);
    told.push_back({problem.column, problem.code,
                    say(language, "intake." + problem.code, arguments),
                    is_acceptable(problem.code)});
  }
  return told;
}

Result<std::string> purpose_of(const RowsQuery& asked) {
  std::string purpose = tidy(asked.purpose.value_or(""));
  const std::size_t length = count_code_points(purpose);
  if (!asked.purpose || (length >= api::kLeastPurpose && length <= api::kMostPurpose))
    return purpose;
  return fail(ErrorKind::invalid, "api.purpose_length",
              {{"path", "purpose"},
               {"least", std::to_string(api::kLeastPurpose)},
               {"most", std::to_string(api::kMostPurpose)}});
}

RefusedPage head_of(const KeptSheet& sheet, const RowsQuery& asked) {
  RefusedPage page{asked.sheet, sheet.file, sheet.name, std::string(name_of(sheet.layout.kind)),
                   {},          {},         {},         {}};
  for (std::size_t i = 0; i < sheet.layout.headers.size(); ++i) {
    std::optional<std::string> column;
    if (sheet.layout.columns[i]) column = header_of(*sheet.layout.columns[i]);
    page.columns.push_back({sheet.layout.headers[i], std::move(column)});
  }
  page.whole = asked.purpose.has_value();
  return page;
}

Result<RefusedPage> read_rows(db::Reader& reader, Call& call, Id batch, const RowsQuery& asked) {
  const auto limit = api::page_limit(asked.limit, kMaxRefusedPage);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(asked.after, {0});
  if (!after) return after.error();
  const auto sheet = kept_sheet(reader, batch, asked.sheet);
  if (!sheet) return sheet.error();
  RefusedPage page = head_of(*sheet, asked);
  const std::string code = asked.code ? "% " + *asked.code + " %" : "%";
  auto numbers = reader.all<int>(sql::correct::rows, batch, asked.sheet, after->front(), code,
                                 asked.all ? 1 : 0, *limit + 1);
  if (api::cut_to_page(numbers, *limit)) page.next = api::page_next({numbers.back()});
  for (const int number : numbers) {
    const auto row = refused_row(reader, call.store.keys(), {batch, asked.sheet, number});
    if (!row) continue;
    page.items.push_back({number, shown_cells(sheet->layout, *row, page.whole),
                          shown(row->problems, call.language()), row->accepted});
  }
  return page;
}

// Whole values leave their fact first, as wherever they are looked at.
Result<RefusedPage> look(Call& call, Id batch, const RowsQuery& asked, const std::string& purpose) {
  return call.store.write(Actor{call.caller.account}, [&](Transaction& tx) -> Result<RefusedPage> {
    auto page = read_rows(tx, call, batch, asked);
    if (!page) return page;
    tx.fact(fact::kRefusedRowsSeen, call.store.clock().today(), call.organisation,
            {.subject = batch,
             .amount = static_cast<std::int64_t>(page->items.size()),
             .payload = boost::json::serialize(boost::json::object{{"purpose", purpose}})});
    return page;
  });
}

Result<RefusedPage> list(Call& call, const ImportService& service, const RowsQuery& asked) {
  const auto purpose = purpose_of(asked);
  if (!purpose) return purpose.error();
  const auto batch = batch_of_job(service, call.subject, call.language());
  if (!batch) return batch.error();
  if (asked.purpose) return look(call, *batch, asked, *purpose);
  return call.store.read(
      [&](db::Reader& reader) { return read_rows(reader, call, *batch, asked); });
}

struct CorrectRow {
  int sheet = 0;
  std::int64_t row = 0;
  boost::json::object cells;
  std::vector<std::string> accept;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(CorrectRow, (), (sheet, row, cells, accept, reason))

Result<Correction> correction_of(const CorrectRow& asked) {
  Correction correction{{}, asked.accept, asked.reason.value_or("")};
  for (const auto& [name, value] : asked.cells) {
    const auto* text = value.if_string();
    if (text == nullptr) {
      return fail(ErrorKind::invalid, "base.json_expected_text",
                  {{"path", "cells." + std::string(name)}});
    }
    correction.cells.emplace(std::string(name), std::string(*text));
  }
  return correction;
}

Result<Accepted> correct(Call& call, const ImportService& service, const CorrectRow& asked) {
  const auto batch = batch_of_job(service, call.subject, call.language());
  if (!batch) return batch.error();
  const auto correction = correction_of(asked);
  if (!correction) return correction.error();
  const api::CallerReach whole(call.gate, call.caller, call.permission);
  const ReachBelow reach(whole, call.organisation);
  std::vector<Problem> still;
  auto done = correct_refused_row(call.store, Actor{call.caller.account, &reach}, service.codes,
                                  {*batch, asked.sheet, asked.row}, *correction, still);
  if (done || still.empty()) return done;
  Error error = done.error();
  error.arguments.emplace_back("problems", api::json_text(shown(still, call.language())));
  return error;
}

}  // namespace

void refused_row_routes(api::Routes& routes, const ImportService& service) {
  const auto job = api::record_in("job", api::organisation_of_job);
  routes.get_slowly<RowsQuery>(
      "/api/v1/imports/{job}/rows", {"intake.list_refused", kImport, job},
      [&](Call& call, const RowsQuery& asked) { return list(call, service, asked); });
  routes.act<CorrectRow>(
      http::Method::put, "/api/v1/imports/{job}/rows/{sheet}/{row}",
      {"intake.correct_row", kImport, job},
      [&](Call& call, const CorrectRow& asked) { return correct(call, service, asked); });
}

}  // namespace jishi::intake
