#include "modules/intake/read/cell_reader.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/checks.hpp"
#include "base/text.hpp"
#include "modules/intake/read/dates.hpp"
#include "modules/intake/read/values.hpp"

namespace jishi::intake {

namespace {

using sheets::Cell;

constexpr std::size_t kShownLength = 60;  // code points of a cell in a text

bool is_personal(Column column) {
  return column == Column::citizen_id || column == Column::phone ||
         column == Column::organisation_phone;
}

/// The text, cut where it is too long to be read in a message.
std::string shortened(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < kShownLength && end < text.size(); ++i)
    end += first_code_point(text.substr(end)).length;
  std::string result(text.substr(0, end));
  if (end < text.size()) result += "…";
  return result;
}

bool same_day_or_month(const BirthDate& one, const BirthDate& other) {
  if (one.precision == other.precision) return one.from == other.from;
  return month_index(one.from) == month_index(other.from);
}

/// Whether two cells of columns that mean one field say the same, however they are written.
bool say_the_same(const Cell& one, const Cell& other, sheets::Epoch epoch) {
  NumberBuffer one_buffer;
  NumberBuffer other_buffer;
  const auto first = without_list_code(written(one, one_buffer));
  const auto second = without_list_code(written(other, other_buffer));
  if (first == second || fold_code(first) == fold_code(second)) return true;
  const auto first_date = birth_in(one, epoch);
  const auto second_date = birth_in(other, epoch);
  return first_date && second_date && same_day_or_month(*first_date, *second_date);
}

}  // namespace

const Cell* CellReader::cell_at(std::size_t at) const {
  return at < cells_.size() && !says_nothing(cells_[at]) ? &cells_[at] : nullptr;
}

std::optional<std::size_t> CellReader::find(Column column) const {
  const Place& place = plan_.place_of(column);
  if (place.at == Place::kNowhere) return std::nullopt;
  if (cell_at(place.at) != nullptr) return place.at;
  if (!place.doubled) return std::nullopt;
  const auto& columns = plan_.layout.columns;
  for (std::size_t i = place.at + 1; i < columns.size(); ++i) {
    if (columns[i] == column && cell_at(i) != nullptr) return i;
  }
  return std::nullopt;
}

const Cell* CellReader::cell(Column column) {
  const auto at = find(column);
  if (!at) return nullptr;
  if (plan_.place_of(column).doubled) compare_further(column, *at);
  return &cells_[*at];
}

void CellReader::compare_further(Column column, std::size_t counted) {
  const auto& columns = plan_.layout.columns;
  for (std::size_t i = counted + 1; i < columns.size(); ++i) {
    const Cell* further = columns[i] == column ? cell_at(i) : nullptr;
    if (further == nullptr || say_the_same(cells_[counted], *further, epoch())) continue;
    std::string header(header_of(column));
    result_.problems.push_back({"columns_differ",
                                header,
                                false,
                                {{"column", header},
                                 {"value", shown(column, &cells_[counted])},
                                 {"other_column", plan_.layout.headers[i]},
                                 {"other", shown(column, further)}}});
  }
}

std::string CellReader::shown(Column column, const Cell* given) const {
  if (given == nullptr) return {};
  NumberBuffer buffer;
  const auto text = written(*given, buffer);
  return is_personal(column) ? masked(without_blanks(text)) : shortened(text);
}

void CellReader::refuse(std::string_view code, Column column, Arguments more) {
  const auto at = find(column);
  std::string header(header_of(column));
  Arguments arguments = {{"column", header}};
  if (at) arguments.emplace_back("value", shown(column, &cells_[*at]));
  std::move(more.begin(), more.end(), std::back_inserter(arguments));
  result_.problems.push_back({std::string(code), std::move(header), true, std::move(arguments)});
}

void CellReader::require(Column column) {
  if (!filled(column)) refuse("required_missing", column);
}

void CellReader::require_either(Column one, Column other) {
  if (filled(one) || filled(other)) return;
  refuse("required_missing", plan_.place_of(one).at == Place::kNowhere ? other : one);
}

std::string CellReader::text(Column column) {
  const Cell* given = cell(column);
  NumberBuffer buffer;
  return given == nullptr ? std::string() : tidy(written(*given, buffer));
}

std::string CellReader::code(Column column) {
  const Cell* given = cell(column);
  NumberBuffer buffer;
  return given == nullptr ? std::string() : tidy_code(written(*given, buffer));
}

std::string CellReader::phone(Column column) {
  const Cell* given = cell(column);
  NumberBuffer buffer;
  return given == nullptr ? std::string() : tidy_phone(written(*given, buffer));
}

std::optional<Date> CellReader::date(Column column) {
  return value(column, "date_invalid", [&](const Cell& given) { return date_in(given, epoch()); });
}

std::string CellReader::choice(Column column, const CodeSet& set) {
  const Cell* given = cell(column);
  if (given == nullptr) return {};
  NumberBuffer buffer;
  const auto code = set.code_of(without_list_code(written(*given, buffer)));
  if (!code) refuse("code_unknown", column);
  return std::string(code.value_or(std::string_view()));
}

std::string CellReader::open_choice(Column column, const CodeSet& set) {
  const Cell* given = cell(column);
  if (given == nullptr) return {};
  NumberBuffer buffer;
  const auto word = without_list_code(written(*given, buffer));
  const auto code = set.code_of(word);
  return code ? std::string(*code) : tidy(word);
}

std::string CellReader::citizen_id() {
  const Cell* given = cell(Column::citizen_id);
  if (given == nullptr) return {};
  WrittenId found = citizen_id_in(*given);
  id_is_right_ = !found.digits_lost && is_citizen_id(found.id);
  digits_lost_ = found.digits_lost;
  if (!id_is_right_) refuse(digits_lost_ ? "id_digits_lost" : "id_check_digit", Column::citizen_id);
  return std::move(found.id);
}

std::string CellReader::credit_code() {
  const Cell* given = cell(Column::credit_code);
  if (given == nullptr) return {};
  NumberBuffer buffer;
  std::string code = fold_code(written(*given, buffer));
  if (!is_credit_code(code)) refuse("credit_code_check_digit", Column::credit_code);
  return code;
}

}  // namespace jishi::intake
