#pragma once
// What imports did, afterwards: their list, undoing one, and its refused rows as a workbook to be
// corrected.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/language.hpp"
#include "ledger/store.hpp"

namespace jishi::intake {

inline constexpr int kMaxListedBatches = 200;

/// One sheet of a batch, and what became of its rows.
struct BatchSheet {
  int sheet = 0;  // number within the batch: names the sheet in accept_refused_row()
  std::string file;
  std::optional<std::string> name;
  std::optional<std::string> kind;  // name_of(SheetKind); nothing: not recognised
  std::int64_t rows = 0;
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  std::int64_t unchanged = 0;
  std::int64_t open = 0;  // refused rows that nobody has accepted
};
BOOST_DESCRIBE_STRUCT(BatchSheet, (),
                      (sheet, file, name, kind, rows, accepted, refused, unchanged, open))

struct Batch {
  Id id = kNoId;
  std::int64_t started_ms = 0;
  std::int64_t finished_ms = 0;
  std::string source;
  Id actor = kNoId;
  bool undone = false;
  std::vector<BatchSheet> sheets;
};
BOOST_DESCRIBE_STRUCT(Batch, (), (id, started_ms, finished_ms, source, actor, undone, sheets))

/// The latest batches, latest first.
std::vector<Batch> batches(Store& store, int limit = kMaxListedBatches);

std::optional<Batch> batch(Store& store, Id id);

/// What an undo took back.
struct Undone {
  std::int64_t organisations = 0;
  std::int64_t persons = 0;
  std::int64_t posts = 0;
  std::int64_t activities = 0;
  std::int64_t payments = 0;
  std::int64_t fields = 0;  // values that are as they were before
};
BOOST_DESCRIBE_STRUCT(Undone, (), (organisations, persons, posts, activities, payments, fields))

/// Takes back everything a batch made and every field it changed, in one transaction; its refused
/// rows and notes go too. Fails with intake.batch_missing, intake.batch_undone, or
/// intake.undo_refused where a later fact refers to what the batch made, or changed a record that
/// the batch had changed (arguments of the first: kind, date, subject). Facts of batches that were
/// undone themselves do not count. The rank of its source and what was said of headers stay.
Result<Undone> undo_batch(Store& store, Actor actor, Id batch);

/// Writes the refused rows of a batch that are still open: one sheet a refused sheet, of the shape
/// it came in, and a column 原因 behind it. `.csv` by its extension, else `.xlsx`. Returns the
/// number of rows. Fails with intake.batch_missing, intake.nothing_refused, intake.csv_one_sheet
/// (several sheets had rows refused), and the errors of the sheet writer.
Result<std::int64_t> write_refused(Store& store, Id batch, const std::filesystem::path& out,
                                   Language language);

}  // namespace jishi::intake
