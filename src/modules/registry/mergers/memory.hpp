#pragma once
// What a merger changed, row by row as it was before: kept sealed until the merger is undone.

#include "base/json.hpp"
#include "ledger/store.hpp"

namespace jishi::registry {

/// Rows of one kind that one merger remembers. A row is a described struct.
class MergerMemory {
 public:
  /// `place`: module and kind of the rows: dues/payment.
  MergerMemory(Transaction& tx, Id merger, std::string_view place)
      : tx_(tx), merger_(merger), place_(place) {}

  /// `batch`: the import that the row came with: it cannot be undone as long as this is held.
  template <class Row>
  void keep(const Row& row, Id batch = kNoId) {
    keep_text(boost::json::serialize(to_json(row)), batch);
  }

  /// In the order in which they were kept.
  template <class Row>
  std::vector<Row> rows() {
    std::vector<Row> rows;
    for (const std::string& text : texts()) {
      auto row = from_json<Row>(parse_json(text).value());
      if (!row) throw db::Failure(db::FailureKind::damaged, "a merger's memory does not read");
      rows.push_back(std::move(*row));
    }
    return rows;
  }

 private:
  void keep_text(const std::string& text, Id batch);
  std::vector<std::string> texts();

  Transaction& tx_;
  Id merger_;
  std::string_view place_;
  int number_ = 0;
};

}  // namespace jishi::registry
