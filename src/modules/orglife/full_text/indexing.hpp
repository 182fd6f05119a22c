#pragma once
// From the store into an index: all activities, or those that the ledger's next facts touched.

#include "base/codes.hpp"
#include "base/long_work.hpp"
#include "ledger/store.hpp"
#include "platform/fulltext/index.hpp"

namespace jishi::orglife {

/// An index that is written, and how far it has come.
struct WrittenIndex {
  std::unique_ptr<fulltext::Writer> writer;
  std::int64_t position = 0;   // of the last fact that was followed
  std::int64_t committed = 0;  // of the one that the index itself knows of
};

/// Labels by which activities of an organisation, and of a kind, are asked for.
std::string organisation_tag(Id organisation);
std::string kind_tag(std::string_view kind);

class Indexing {
 public:
  /// Facts that are followed, and activities that are read, at once.
  static constexpr std::int64_t kFactsAtOnce = 20'000;
  static constexpr int kRowsAtOnce = 2'000;
  /// Facts of other things that are passed over before the index itself is told.
  static constexpr std::int64_t kUnmarked = 10'000;

  Indexing(Store& store, const Codes& codes);

  /// Why an index with this mark is none of this store as it is; empty when it is one.
  std::string_view unfit(const fulltext::Mark& mark);

  /// Puts all activities into an index that is new. Fails with orglife.rebuild_cancelled.
  Result<Done> read_all(WrittenIndex& index, const LongWork& work);

  /// Follows the next facts, kFactsAtOnce of them at most; whether there are more.
  Result<bool> follow(WrittenIndex& index);

 private:
  struct Row;
  Result<Done> put(WrittenIndex& index, const Row& row) const;
  Result<Done> commit(WrittenIndex& index, std::string leaf);

  Store& store_;
  const CodeSet& kinds_;
  std::string form_;
};

}  // namespace jishi::orglife
