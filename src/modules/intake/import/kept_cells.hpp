#pragma once
// The cells of a row as one text, and back: a refused row is kept so that it can be read again, as
// a workbook for correction or for acceptance by a person.

#include <span>
#include <string>
#include <vector>

#include "platform/sheets/sheets.hpp"

namespace jishi::intake {

/// The cells as one text: separated by U+001F, each that is no text with a sign of its kind before
/// it.
std::string keep_cells(std::span<const sheets::Cell> cells);

/// Cells out of what keep_cells() made. They are views into it.
class KeptCells {
 public:
  explicit KeptCells(std::string kept);
  KeptCells(const KeptCells&) = delete;
  KeptCells& operator=(const KeptCells&) = delete;

  std::span<const sheets::Cell> cells() const { return cells_; }

 private:
  std::string kept_;
  std::vector<sheets::Cell> cells_;
};

}  // namespace jishi::intake
