#pragma once
// Refused rows, kept sealed with the reasons why, until they are corrected or accepted.

#include "ledger/store.hpp"
#include "modules/intake/read/layout.hpp"
#include "modules/intake/rows.hpp"

namespace jishi::intake {

/// The name of a row in a batch.
struct RowPlace {
  Id batch = kNoId;
  int sheet = 0;
  std::int64_t row = 0;
};

/// The problems for which a row is refused: a code is told once, at the first column it concerns.
std::vector<const Problem*> refusals_of(const ReadRow& read);

/// Keeps a refused row; `cells` as keep_cells() made them.
void keep_refused(Transaction& tx, const RowPlace& place, const ReadRow& read,
                  std::string_view cells);

/// Keeps the cells of unknown columns of an accepted row.
void keep_notes(Transaction& tx, const RowPlace& place, const ReadRow& read);

/// A refused row, opened.
struct RefusedRow {
  RowPlace place;
  std::vector<std::string> codes;
  std::string cells;
  std::vector<Problem> problems;
  bool accepted = false;
};

std::optional<RefusedRow> refused_row(db::Reader& reader, const crypto::Keys& keys,
                                      const RowPlace& place);

/// The refused rows of a sheet that are still open, in order, those after a row, at most `limit`.
std::vector<RefusedRow> open_rows(db::Reader& reader, const crypto::Keys& keys,
                                  const RowPlace& after, int limit);

/// A sheet of a batch and how its rows were read.
struct KeptSheet {
  std::string file;
  std::optional<std::string> name;
  Layout layout;
};

/// Fails with intake.row_missing when there is none, or it was not recognised.
Result<KeptSheet> kept_sheet(db::Reader& reader, Id batch, int sheet);

/// The headers and columns of a layout as they are kept with the sheet.
std::string headers_json(const Layout& layout);
std::string columns_json(const Layout& layout);

}  // namespace jishi::intake
