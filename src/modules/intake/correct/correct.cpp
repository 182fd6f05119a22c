#include "modules/intake/correct/correct.hpp"

#include "base/text.hpp"
#include "modules/intake/accept/kept_row.hpp"
#include "modules/intake/facts.hpp"
#include "modules/intake/import/kept_cells.hpp"
#include "modules/intake/read/values.hpp"

namespace jishi::intake {

namespace {

using sheets::Cell;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alnum(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// A citizen id, of 18 signs or of 15, or a mobile number.
bool is_personal_number(std::string_view word) {
  constexpr std::size_t kId = 18;
  constexpr std::size_t kOldId = 15;
  constexpr std::size_t kMobile = 11;
  const auto digits = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_digit));
  if (word.size() == kId) return digits + 1 >= kId && (is_digit(word.back()) || digits + 1 == kId);
  if (word.size() == kOldId) return digits == kOldId;
  return word.size() == kMobile && digits == kMobile && word.front() == '1';
}

std::string masked_for(std::optional<Column> column, std::string_view text) {
  if (text.empty()) return {};
  if (column == Column::citizen_id || column == Column::phone ||
      column == Column::organisation_phone)
    return masked(text);
  if (column == Column::address) return "***";
  // Eighteen signs as well, and public.
  if (column == Column::credit_code) return std::string(text);
  return with_numbers_masked(text);
}

/// The column of a sheet that a correction names: its header as written goes first.
std::optional<std::size_t> place_of(const Layout& layout, const std::string& name) {
  for (std::size_t i = 0; i < layout.headers.size(); ++i) {
    if (layout.headers[i] == name) return i;
  }
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (layout.columns[i] && header_of(*layout.columns[i]) == name) return i;
  }
  return std::nullopt;
}

Result<std::string> corrected_cells(const Layout& layout, const std::string& kept_cells,
                                    const Correction& correction) {
  const KeptCells kept(kept_cells);
  std::vector<Cell> cells(kept.cells().begin(), kept.cells().end());
  for (const auto& [name, text] : correction.cells) {
    const auto at = place_of(layout, name);
    if (!at) {
      return fail(ErrorKind::invalid, "intake.cell_unknown",
                  {{"path", "cells." + name}, {"column", name}});
    }
    if (text.size() > sheets::Limits{}.text_length) {
      return fail(ErrorKind::invalid, "intake.cell_too_long",
                  {{"path", "cells." + name}, {"column", name}});
    }
    if (cells.size() <= *at) cells.resize(*at + 1);
    cells[*at] = Cell{};
    if (text.empty()) continue;
    cells[*at].kind = Cell::Kind::text;
    cells[*at].text = text;
  }
  return keep_cells(cells);
}

std::optional<Error> refuse_overruling(const Correction& correction, std::string_view reason) {
  if (correction.accept.empty()) return std::nullopt;
  if (auto refusal = refuse_reason(reason)) return refusal;
  return refuse_codes(correction.accept);
}

}  // namespace

std::string with_numbers_masked(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_alnum) -
                                              text.begin());
    const std::string_view word = text.substr(0, end);
    result += is_personal_number(word) ? masked(word) : std::string(word);
    if (end == text.size()) return result;
    result += text[end];
    text.remove_prefix(end + 1);
  }
  return result;
}

std::vector<std::string> shown_cells(const Layout& layout, const RefusedRow& row, bool whole) {
  const KeptCells kept(row.cells);
  std::vector<std::string> texts(std::max(layout.headers.size(), kept.cells().size()));
  for (std::size_t i = 0; i < kept.cells().size(); ++i) {
    const Cell& cell = kept.cells()[i];
    if (cell.kind == Cell::Kind::empty) continue;
    NumberBuffer buffer;
    const auto text = written(cell, buffer);
    const auto column = i < layout.columns.size() ? layout.columns[i] : std::nullopt;
    texts[i] = whole ? std::string(text) : masked_for(column, text);
  }
  return texts;
}

Result<Accepted> correct_refused_row(Store& store, Actor actor, const Codes& codes,
                                     const RowPlace& place, const Correction& correction,
                                     std::vector<Problem>& still) {
  const std::string reason = tidy(correction.reason);
  return store.write_alone(actor, [&](Transaction& tx) -> Result<Accepted> {
    auto refused = refused_row(tx, store.keys(), place);
    if (!refused) return fail(ErrorKind::not_found, "intake.row_missing");
    if (refused->accepted) return Accepted{accepted_in(tx, place).value_or(kNoId)};
    if (auto refusal = refuse_overruling(correction, reason)) return std::move(*refusal);
    const auto sheet = kept_sheet(tx, place.batch, place.sheet);
    if (!sheet) return sheet.error();
    auto cells = corrected_cells(sheet->layout, refused->cells, correction);
    if (!cells) return cells.error();
    refused->cells = std::move(*cells);
    return write_kept_row(
        tx, codes, {*refused, correction.accept, fact::kRefusedRowCorrected, reason, true}, still);
  });
}

}  // namespace jishi::intake
