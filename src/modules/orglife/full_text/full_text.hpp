#pragma once
// The full-text index of activities: a follower of the ledger in --data/search, which can be
// deleted at any time. Words are found about a second after they were recorded.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "modules/orglife/full_text/indexing.hpp"

namespace jishi::orglife {

struct FullTextOptions {
  /// Told when the index is made anew and why (orglife.full_text_missing, …_damaged, …_foreign,
  /// …_outdated), and what went wrong with it.
  std::function<void(const Error&)> notice = [](const Error&) {};
};

/// Thread-safe.
class FullText {
 public:
  FullText(Store& store, const Codes& codes, FullTextOptions options);
  ~FullText();
  FullText(const FullText&) = delete;
  FullText& operator=(const FullText&) = delete;

  /// Begins to follow, on a thread of its own.
  void start();
  /// There may be new facts. Returns at once.
  void wake();

  /// Brings the index to the ledger's end before it returns; makes it anew where there is none that
  /// fits. For whoever has not started it. Fails with fulltext.… and orglife.rebuild_cancelled.
  Result<Done> catch_up(const LongWork& work = {}) { return bring_up(work); }

  /// Makes the index anew beside the one that is there, which is asked meanwhile. Fails as above.
  Result<Done> rebuild(const LongWork& work);

  /// What is asked; nothing as long as there is no index that fits.
  std::shared_ptr<fulltext::Reader> index() const;
  /// To be told of what an answer failed with: of damage the index is made anew.
  void found_failing(const Error& error);

  /// Looks through the indexes that are there for damage. Fails with fulltext.damaged.
  static Result<Done> check(const Store& store);
  /// Activities in the index, and in the store: the same where the index is level with the ledger.
  struct Counts {
    std::int64_t indexed = 0;
    std::int64_t stored = 0;
  };
  Result<Counts> counts() const;

  /// The last fact that was followed.
  std::int64_t position() const { return position_.load(); }
  /// Where the indexes of a store are.
  static std::filesystem::path folder_of(const Store& store);

 private:
  struct Shelf;

  void work();
  bool look();
  Result<Done> bring_up(const LongWork& work);
  Result<Done> open();
  Result<Done> make_anew(const LongWork& work, bool only_where_none_is);
  Result<Done> follow(WrittenIndex& index);
  std::shared_ptr<Shelf> put_on_shelf(std::shared_ptr<Shelf> shelf);

  Store& store_;
  Indexing indexing_;
  const FullTextOptions options_;
  std::atomic<std::int64_t> position_{0};
  std::atomic<bool> damaged_{false};  // the index that is there

  std::mutex making_mutex_;   // of whoever makes an index; taken before the next one
  std::mutex writing_mutex_;  // of whoever writes the one that is asked
  WrittenIndex written_;
  mutable std::mutex shelf_mutex_;
  std::shared_ptr<Shelf> shelf_;  // what is asked

  std::mutex mutex_;
  std::condition_variable woken_;
  bool awake_ = true;  // the first look is for what happened while the program was away
  std::atomic<bool> stopping_{false};
  std::string last_failure_;  // of the thread
  std::thread thread_;
};

}  // namespace jishi::orglife
