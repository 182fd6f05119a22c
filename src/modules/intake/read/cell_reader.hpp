#pragma once
// The cells of one row by column, each read as what its column holds. What a cell should not be
// goes into the row's problems; the value is then empty.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "modules/intake/read/read_plan.hpp"

namespace jishi::intake {

class CellReader {
 public:
  /// All three must outlive the reader.
  CellReader(const ReadPlan& plan, std::span<const sheets::Cell> cells, ReadRow& result)
      : plan_(plan), cells_(cells), result_(result) {}

  /// The first filled cell of a column, or nothing. Where further columns mean the same and differ,
  /// that is reported (`columns_differ`).
  const sheets::Cell* cell(Column column);

  /// Whether the sheet has the column and the row a filled cell in it.
  bool filled(Column column) const { return find(column).has_value(); }

  std::string text(Column column);
  std::string code(Column column);
  std::string phone(Column column);
  /// `date_invalid` for what is no date.
  std::optional<Date> date(Column column);
  /// `code_unknown` for a word outside the set.
  std::string choice(Column column, const CodeSet& set);
  /// As choice(), but a word outside the set is kept as written.
  std::string open_choice(Column column, const CodeSet& set);
  /// The value that `read` finds in the cell; `refusal` where it finds none.
  template <class Read>
  auto value(Column column, std::string_view refusal, Read read)
      -> std::invoke_result_t<Read, const sheets::Cell&> {
    const sheets::Cell* given = cell(column);
    if (given == nullptr) return std::nullopt;
    auto found = read(*given);
    if (!found) refuse(refusal, column);
    return found;
  }
  /// A citizen id as written; `id_digits_lost` or `id_check_digit` where it is none.
  std::string citizen_id();
  /// A credit code as written; `credit_code_check_digit` where it is none.
  std::string credit_code();

  /// Refuses a row in which a column is empty: `required_missing`.
  void require(Column column);
  /// Refuses a row in which both are empty.
  void require_either(Column one, Column other);

  /// Adds a problem for which the row is refused, with the column and what its cell holds.
  void refuse(std::string_view code, Column column, Arguments more = {});

  /// Whether the row has a citizen id and its check digit is right.
  bool id_is_right() const { return id_is_right_; }
  /// Whether `id_digits_lost` was found, which stands alone.
  bool digits_lost() const { return digits_lost_; }

  sheets::Epoch epoch() const { return plan_.layout.epoch; }

 private:
  /// The cell, if it is there and filled.
  const sheets::Cell* cell_at(std::size_t at) const;
  /// The place of the first filled cell of a column.
  std::optional<std::size_t> find(Column column) const;
  void compare_further(Column column, std::size_t counted);
  std::string shown(Column column, const sheets::Cell* given) const;

  const ReadPlan& plan_;
  std::span<const sheets::Cell> cells_;
  ReadRow& result_;
  bool id_is_right_ = false;
  bool digits_lost_ = false;
};

}  // namespace jishi::intake
