#pragma once
// Text in columns for a terminal, where a Chinese character takes two places.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jishi::app {

/// The places a text takes on a terminal: two for wide (East Asian) characters, none for marks that
/// combine.
std::size_t display_width(std::string_view text);

/// The text cut to `width` places, with `…` where something was cut off.
std::string cut_to_width(std::string_view text, std::size_t width);

/// The text without control characters, which could do anything to a terminal.
std::string printable(std::string_view text);

/// `1,234,567`.
std::string grouped(std::int64_t number);

enum class Align { left, right };

struct TableColumn {
  std::string title;
  Align align = Align::left;
};

class Table {
 public:
  static constexpr std::size_t kMaxCellWidth = 60;
  static constexpr std::size_t kMaxLastCellWidth = 400;  // nothing stands behind it

  explicit Table(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

  /// Adds a row; cells that are missing at its end are empty.
  void row(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }

  /// The lines of the table, header first, each with its line end.
  std::string text() const;

 private:
  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace jishi::app
