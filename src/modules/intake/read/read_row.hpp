#pragma once
// From the cells of one row to a Row, with every check that needs nothing but the row.

#include <span>

#include "modules/intake/read/read_plan.hpp"

namespace jishi::intake {

/// What a row below the header is. Only data are read; all else is passed over.
enum class RowUse { data, blank, closing, repeated_header };

/// Reads the rows of one sheet. The layout and the codes must outlive it; one reader may be used
/// for any number of rows, by several threads at once.
class RowReader {
 public:
  RowReader(const Layout& layout, const Codes& codes, Date today);

  /// Blank: no cell of a known column says anything. Closing: the first filled cell begins with
  /// 合计, 小计, 总计, 填表, 制表, 审核 or 备注. Repeated header: every filled cell of a known
  /// column repeats it.
  RowUse use_of(std::span<const sheets::Cell> cells) const;

  /// Reads and checks a row of data. A code may stand at several columns of one row.
  /// `id_digits_lost` stands alone: nothing more is to be checked of such a row. After
  /// `id_check_digit` the person must not be looked up. In both cases `citizen_id` is what was
  /// written, to be held against similar ids.
  ReadRow read(std::span<const sheets::Cell> cells) const;

 private:
  bool any_known(std::span<const sheets::Cell> cells) const;
  bool repeats_header(std::span<const sheets::Cell> cells) const;
  void add_notes(std::span<const sheets::Cell> cells, ReadRow& result) const;

  ReadPlan plan_;
};

}  // namespace jishi::intake
