#pragma once
// Reading runs beside writing: a thread reads, checks and seals rows ahead of the writer, a bounded
// number of them.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "modules/intake/apply/applier.hpp"
#include "modules/intake/import/sheets_of_import.hpp"

namespace jishi::intake {

/// Some rows of one sheet, in order; the last batch of a sheet says so.
struct RowBatch {
  std::size_t sheet = 0;
  std::vector<PreparedRow> rows;
  bool ends_sheet = false;
  double part = 0;  // of the sheet's bytes behind us
};

/// A queue of row batches between one reader thread and one writer.
class RowQueue {
 public:
  static constexpr std::size_t kMaxBatches = 8;
  static constexpr std::size_t kBatchRows = 512;

  /// Waits for room; false when the writer has given up.
  bool put(RowBatch batch);
  /// The reader is done, well or with the error that ended it.
  void finish(std::optional<Error> error);
  /// The next batch, or nothing when the reader is done.
  std::optional<RowBatch> take();
  std::optional<Error> error();
  /// The writer takes no more.
  void abandon();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<RowBatch> batches_;
  std::optional<Error> error_;
  bool finished_ = false;
  bool abandoned_ = false;
};

/// A thread that feeds a RowQueue; ends with its owner.
class RowReaderThread {
 public:
  template <class Feed>
  RowReaderThread(RowQueue& queue, Feed feed)
      : queue_(queue), thread_([&queue, feed = std::move(feed)]() mutable {
          std::optional<Error> error;
          try {
            error = feed(queue);
          } catch (const std::exception& failure) {
            error =
                fail(ErrorKind::unavailable, "intake.reader_failed", {{"reason", failure.what()}});
          }
          queue.finish(std::move(error));
        }) {}
  ~RowReaderThread() {
    queue_.abandon();
    thread_.join();
  }
  RowReaderThread(const RowReaderThread&) = delete;
  RowReaderThread& operator=(const RowReaderThread&) = delete;

 private:
  RowQueue& queue_;
  std::thread thread_;
};

/// Reads the sheets of an import into the queue, kind by kind: organisations, members, posts,
/// activities, dues.
std::optional<Error> feed_sheets(OpenedImport& import, Store& store, const Codes& codes,
                                 RowQueue& queue);

/// Feeds typed rows as one sheet a kind; `sheets` gets a report for each.
std::optional<Error> feed_rows(RowStream& rows, Store& store, RowQueue& queue);

/// The places of the five kinds in import_rows().
inline constexpr std::size_t kTypedSheets = 5;

}  // namespace jishi::intake
