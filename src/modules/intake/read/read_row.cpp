#include "modules/intake/read/read_row.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/intake/read/read_kinds.hpp"
#include "modules/intake/read/values.hpp"

namespace jishi::intake {

namespace {

using sheets::Cell;

constexpr std::string_view kClosingWords[] = {"合计", "小计", "总计", "填表",
                                              "制表", "审核", "备注"};

bool closes(const Cell& cell) {
  if (cell.kind != Cell::Kind::text) return false;
  const std::string_view text = trim(cell.text);
  const std::size_t first = first_code_point(text).length;
  const auto begins_alike = [&](std::string_view word) {
    return word.starts_with(text.substr(0, first));
  };
  if (std::none_of(std::begin(kClosingWords), std::end(kClosingWords), begins_alike)) return false;
  const std::string closed_up = without_blanks(text);  // 合 计
  return std::any_of(std::begin(kClosingWords), std::end(kClosingWords),
                     [&](std::string_view word) { return closed_up.starts_with(word); });
}

Row read_kind(CellReader& cells, const ReadPlan& plan) {
  switch (plan.layout.kind) {
    case SheetKind::organisations: return read_organisation(cells, plan);
    case SheetKind::members: return read_member(cells, plan);
    case SheetKind::posts: return read_post(cells, plan);
    case SheetKind::activities: return read_activity(cells, plan);
    case SheetKind::dues: return read_payment(cells);
  }
  return {};
}

std::string header_at(const Layout& layout, std::size_t at) {
  if (at >= layout.headers.size()) return column_letters(at);
  const auto column = layout.columns[at];
  return column ? std::string(header_of(*column)) : layout.headers[at];
}

}  // namespace

RowReader::RowReader(const Layout& layout, const Codes& codes, Date today)
    : plan_(layout, codes, today) {
}

RowUse RowReader::use_of(std::span<const Cell> cells) const {
  const auto first = std::find_if_not(cells.begin(), cells.end(), says_nothing);
  if (first == cells.end()) return RowUse::blank;
  if (closes(*first)) return RowUse::closing;
  if (!any_known(cells)) return RowUse::blank;  // numbered beforehand, and never filled in
  return repeats_header(cells) ? RowUse::repeated_header : RowUse::data;
}

bool RowReader::any_known(std::span<const Cell> cells) const {
  const auto& columns = plan_.layout.columns;
  for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
    if (columns[i] && !says_nothing(cells[i])) return true;
  }
  return false;
}

bool RowReader::repeats_header(std::span<const Cell> cells) const {
  const auto& columns = plan_.layout.columns;
  bool any = false;
  for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
    if (!columns[i] || says_nothing(cells[i])) continue;
    if (cells[i].kind != Cell::Kind::text) return false;
    if (fold_header(cells[i].text) != plan_.folded_headers[i]) return false;
    any = true;
  }
  return any;
}

ReadRow RowReader::read(std::span<const Cell> cells) const {
  ReadRow result;
  CellReader reader(plan_, cells, result);
  result.row = read_kind(reader, plan_);
  if (reader.digits_lost()) {
    std::erase_if(result.problems, [](const Problem& problem) {
      return problem.refuses && problem.code != "id_digits_lost";
    });
  }
  add_notes(cells, result);
  return result;
}

void RowReader::add_notes(std::span<const Cell> cells, ReadRow& result) const {
  const Layout& layout = plan_.layout;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (is_error(cell)) {
      std::string header = header_at(layout, i);
      result.problems.push_back({"cell_error",
                                 header,
                                 false,
                                 {{"column", header}, {"value", std::string(trim(cell.text))}}});
    }
    const bool known = i < layout.columns.size() && layout.columns[i];
    if (known || says_nothing(cell)) continue;
    NumberBuffer buffer;
    result.notes.emplace_back(header_at(layout, i), written(cell, buffer));
  }
}

}  // namespace jishi::intake
