#pragma once
// What is worked out once a sheet, so that a row costs little.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/codes.hpp"
#include "modules/intake/read/layout.hpp"
#include "modules/intake/rows.hpp"

namespace jishi::intake {

/// The pack's code sets that sheets are read with. A word outside a set is `code_unknown`, but for
/// those marked open: their other words are kept as written.
struct SheetCodes {
  explicit SheetCodes(const Codes& codes);

  const CodeSet& organisation_kind;
  const CodeSet& unit_kind;
  const CodeSet& stage;
  const CodeSet& status;
  const CodeSet& sex;
  const CodeSet& activity_kind;
  const CodeSet& post_title;  // open
  const CodeSet& ethnic;      // open
  const CodeSet& education;   // open
  const CodeSet& occupation;  // open
};

/// Where a column stands in the sheet.
struct Place {
  static constexpr std::uint32_t kNowhere = UINT32_MAX;
  std::uint32_t at = kNowhere;
  bool doubled = false;  // further columns of the sheet mean the same
};

struct ReadPlan {
  ReadPlan(const Layout& sheet_layout, const Codes& codes, Date as_of);

  const Place& place_of(Column column) const { return places[static_cast<std::size_t>(column)]; }

  const Layout& layout;
  SheetCodes codes;
  Date today;
  std::array<Place, kColumnCount> places{};
  std::vector<std::string> folded_headers;  // by the sheet's columns
};

}  // namespace jishi::intake
