#include "modules/intake/import/row_source.hpp"

#include "modules/intake/import/kept_cells.hpp"
#include "modules/intake/read/read_row.hpp"

namespace jishi::intake {

bool RowQueue::put(RowBatch batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return abandoned_ || batches_.size() < kMaxBatches; });
  if (abandoned_) return false;
  batches_.push_back(std::move(batch));
  changed_.notify_all();
  return true;
}

void RowQueue::finish(std::optional<Error> error) {
  const std::lock_guard lock(mutex_);
  finished_ = true;
  error_ = std::move(error);
  changed_.notify_all();
}

std::optional<RowBatch> RowQueue::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !batches_.empty() || finished_; });
  if (batches_.empty()) return std::nullopt;
  RowBatch batch = std::move(batches_.front());
  batches_.pop_front();
  changed_.notify_all();
  return batch;
}

std::optional<Error> RowQueue::error() {
  const std::lock_guard lock(mutex_);
  return error_;
}

void RowQueue::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  changed_.notify_all();
}

namespace {

bool usable_id(const ReadRow& read) {
  return std::none_of(read.problems.begin(), read.problems.end(), [](const Problem& problem) {
    return problem.code == "id_check_digit" || problem.code == "id_digits_lost";
  });
}

// Sealing is done here, beside the writer: it takes as long as writing.
void seal(PreparedRow& row, Store& store) {
  if (const auto* member = std::get_if<MemberRow>(&row.read.row);
      member != nullptr && usable_id(row.read)) {
    row.sealed = registry::seal_identity(store, record_of(*member, kNoId));
  }
}

/// Turns the rows of one sheet into batches.
class SheetFeeder final : public sheets::RowSink {
 public:
  SheetFeeder(std::size_t number, SheetOfImport& sheet, sheets::Workbook& workbook, Store& store,
              const Codes& codes, RowQueue& queue)
      : number_(number),
        header_row_(sheet.layout->header_row),
        workbook_(workbook),
        store_(store),
        queue_(queue),
        reader_(*sheet.layout, codes, store.clock().today()) {
    start_batch();
  }

  bool row(std::uint32_t number, std::span<const sheets::Cell> cells) override {
    if (number <= header_row_ || reader_.use_of(cells) != RowUse::data) return true;
    PreparedRow prepared{number, reader_.read(cells), keep_cells(cells), std::nullopt};
    seal(prepared, store_);
    batch_.rows.push_back(std::move(prepared));
    if (batch_.rows.size() < RowQueue::kBatchRows) return true;
    return pass_on(false);
  }

  bool pass_on(bool ends_sheet) {
    const auto progress = workbook_.progress();
    batch_.part = progress.total == 0
                      ? 1
                      : static_cast<double>(progress.done) / static_cast<double>(progress.total);
    batch_.ends_sheet = ends_sheet;
    const bool taken = queue_.put(std::move(batch_));
    start_batch();
    return taken;
  }

 private:
  void start_batch() {
    batch_ = {};
    batch_.sheet = number_;
    batch_.rows.reserve(RowQueue::kBatchRows);
  }

  std::size_t number_;
  std::uint32_t header_row_;
  sheets::Workbook& workbook_;
  Store& store_;
  RowQueue& queue_;
  RowReader reader_;
  RowBatch batch_;
};

}  // namespace

std::optional<Error> feed_sheets(OpenedImport& import, Store& store, const Codes& codes,
                                 RowQueue& queue) {
  for (const SheetKind kind : kSheetKinds) {
    for (std::size_t number = 0; number < import.sheets.size(); ++number) {
      SheetOfImport& sheet = import.sheets[number];
      if (!sheet.layout || sheet.layout->kind != kind) continue;
      sheets::Workbook& workbook = *import.files[sheet.file].workbook;
      SheetFeeder feeder(number, sheet, workbook, store, codes, queue);
      if (const auto read = workbook.read(sheet.index, feeder); !read) return read.error();
      if (!feeder.pass_on(true)) return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<Error> feed_rows(RowStream& rows, Store& store, RowQueue& queue) {
  std::size_t sheet = 0;
  std::uint32_t number = 1;
  while (true) {
    std::vector<Row> next = rows.next();
    const bool end = next.empty();
    RowBatch batch{sheet, {}, end, 0};
    for (Row& row : next) {
      if (row.index() != sheet) {
        batch.ends_sheet = true;
        if (!queue.put(std::move(batch))) return std::nullopt;
        sheet = row.index();
        number = 1;
        batch = {sheet, {}, false, 0};
      }
      PreparedRow prepared{++number, {std::move(row), {}, {}}, {}, std::nullopt};
      seal(prepared, store);
      batch.rows.push_back(std::move(prepared));
    }
    if (!queue.put(std::move(batch)) || end) return std::nullopt;
  }
}

}  // namespace jishi::intake
