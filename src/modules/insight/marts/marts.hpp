#pragma once
// The marts: what the rules look at. Kept in DuckDB beside the store, from the ledger; can be
// deleted at any time.
//
// Each mart is a base table sorted by organisation that is left alone, a small delta of rows that
// came since, and the keys of base rows that are gone; a view puts them together. When the delta
// has grown it is merged.

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "ledger/store.hpp"
#include "platform/duck/database.hpp"

namespace jishi::insight {

/// What a stretch of the ledger touched, as far as rules are concerned.
struct TouchedRecords {
  std::set<Id> organisations;  // whose lights may have changed
  std::set<Id> organisation_rows;
  std::set<Id> persons;
  std::set<Id> posts;
  std::set<Id> activities;
  std::set<Id> payers;
  bool structure = false;
  bool parameters = false;
  bool too_many = false;  // more than is worth telling apart

  bool empty() const {
    return organisations.empty() && persons.empty() && posts.empty() && activities.empty() &&
           payers.empty() && !structure && !parameters && !too_many;
  }
};

/// What the facts after `position` up to `until` touched.
TouchedRecords touched_between(db::Reader& reader, std::int64_t position, std::int64_t until);

class Marts {
 public:
  /// Merged when the delta holds more payments than this.
  static constexpr std::int64_t kMaxDelta = 200'000;

  /// Opens the marts of a store. Missing or damaged ones are made anew from the store, which
  /// `notice` is told of
  /// (`insight.marts_missing`, `insight.marts_damaged`).
  static Result<std::unique_ptr<Marts>> open(Store& store, unsigned threads,
                                             const std::function<void(const Error&)>& notice);

  /// Marts that no file and no store stands behind: for the tests of rules and for the bench.
  static Result<std::unique_ptr<Marts>> in_memory(unsigned threads);

  /// Follows the ledger to its end.
  Result<Done> catch_up(Store& store);

  /// Drops everything and reads it anew.
  Result<Done> rebuild(Store& store);

  /// Copies the rows of these organisations to the scope tables, which scoped rules look at.
  Result<Done> scope_to(const std::vector<Id>& organisations);

  duck::Connection& connection() { return *connection_; }
  std::int64_t position() const { return position_; }

 private:
  explicit Marts(duck::Database database);

  Result<Done> connect();
  Result<bool> resume(Store& store);
  Result<Done> load(db::Reader& reader);
  Result<Done> sort_bases();
  Result<Done> apply(db::Reader& reader, const TouchedRecords& touched);
  Result<Done> replace(std::string_view mart, std::string_view key, const std::set<Id>& ids);
  Result<Done> load_structure(db::Reader& reader);
  Result<Done> load_parameters(db::Reader& reader);
  Result<Done> set_position(db::Reader& reader, std::int64_t position);
  Result<Done> merge_if_large();

  duck::Database database_;
  std::optional<duck::Connection> connection_;
  std::optional<duck::Prepared> scope_copies_[5];
  std::int64_t position_ = 0;
};

}  // namespace jishi::insight
