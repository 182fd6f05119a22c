#pragma once
// Puts a row together cell by cell for a sink, with the limits of a row.

#include <array>
#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "platform/sheets/numbers.hpp"
#include "platform/sheets/source.hpp"

namespace jishi::sheets {

class RowBuilder {
 public:
  RowBuilder(RowSink& sink, const Limits& limits, Epoch epoch);

  /// Empties the row and gives it its number.
  void begin(std::uint32_t number);
  std::uint32_t number() const { return number_; }

  /// Sets a cell to a text, which is copied unless it is `lasting` (outlives the call of the sink).
  Refusal text(std::uint32_t column, std::string_view text, bool formula, bool lasting = false);
  /// Sets a cell to a number, or to a date if its format says so and the number is a day.
  Refusal number(std::uint32_t column, double value, std::string_view literal, NumberFormat format,
                 bool formula);
  /// Sets a cell to a date.
  Refusal date(std::uint32_t column, Date date, double serial, bool formula);
  Refusal boolean(std::uint32_t column, bool value, bool formula);
  /// Sets a cell to an error such as `#N/A`.
  Refusal error(std::uint32_t column, std::string_view text, bool formula);

  /// Gives the row to the sink if a cell is filled; false when the sink has enough.
  bool give();

 private:
  Cell* at(std::uint32_t column);
  std::string_view keep(std::string_view text);

  RowSink& sink_;
  const Limits& limits_;
  const Epoch epoch_;
  std::uint32_t number_ = 0;
  std::uint64_t bytes_ = 0;
  std::vector<Cell> cells_;
  NumberText room_{};
  std::array<std::byte, 16 * 1024> first_room_;
  std::pmr::monotonic_buffer_resource texts_;
};

}  // namespace jishi::sheets
