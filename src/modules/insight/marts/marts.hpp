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

#include "base/long_work.hpp"
#include "ledger/store.hpp"
#include "modules/insight/marts/load_rows.hpp"
#include "modules/insight/marts/touched.hpp"
#include "platform/duck/database.hpp"
#include "platform/duck/id_list.hpp"

namespace jishi::insight {

struct MartsOptions {
  unsigned threads = 0;  // 0: one a core
  /// A mart is merged when its delta has more rows than this; one with a large base when it has
  /// more than a tenth of the base, or ten times this.
  std::int64_t merge_at = 200'000;
  /// Told when the marts are made anew (`insight.marts_missing`, `insight.marts_damaged`,
  /// `insight.marts_foreign`).
  std::function<void(const Error&)> notice;
};

class Marts {
 public:
  /// Opens the marts of a store. Missing, damaged or foreign ones are made anew from the store.
  /// Fails with platform.duck_locked while another process has them.
  static Result<std::unique_ptr<Marts>> open(Store& store, const MartsOptions& options);

  /// Takes away the marts' file, which must be closed, and leaves what open() says is damaged.
  static void spoil(const Store& store);

  /// Empty marts that no store stands behind, in a new file (empty: in memory): for checking rules
  /// and for the bench.
  static Result<std::unique_ptr<Marts>> without_store(const std::filesystem::path& file,
                                                      unsigned threads);

  /// Follows the ledger to its end.
  Result<Done> catch_up(Store& store);

  /// Drops everything and reads it anew. Fails with insight.rebuild_cancelled; after any failure
  /// the marts are what they were.
  Result<Done> rebuild(Store& store, const LongWork& work = {});

  /// Brings mart.ancestry, which only roll-ups read, up to the store's tree.
  Result<Done> refresh_structure(Store& store);

  /// Takes away what a mart holds under these keys: what stands there now is to be appended to its
  /// delta.
  Result<Done> replace(MartNumber mart, const std::set<Id>& ids);

  /// Puts deltas that are large into their bases and sorts those that have grown. To be called when
  /// nobody waits: it may take seconds in a large city.
  Result<Done> tidy();

  /// Says what the statements of rules are to look at: SQL reads it as `scope_organisation()`.
  void scope_to(std::vector<Id> organisations) { scope_->set(std::move(organisations)); }

  duck::Connection& connection() { return *connection_; }
  std::int64_t position() const { return position_; }
  /// The parameters that some organisation set, as rule:parameter.
  const std::set<std::string>& set_parameters() const { return set_parameters_; }
  /// To be called when mart.parameter_value was changed from outside.
  Result<Done> note_parameters();
  /// Runs `work` as if a parameter had another value; afterwards the marts are as they were.
  Result<Done> try_parameter(Store& store, const ParameterOverride& other,
                             const std::function<Result<Done>()>& work);
  /// Grows when statements should be planned anew.
  std::int64_t generation() const { return generation_; }

 private:
  explicit Marts(duck::Database database);

  static Result<std::unique_ptr<Marts>> open_file(Store& store, const MartsOptions& options);
  static Result<std::unique_ptr<Marts>> connect(duck::Database database);
  Result<Done> create();
  Result<Done> run(std::optional<duck::Prepared>& kept, std::string_view text);
  Result<bool> resume(Store& store);
  Result<Done> rebuild_within(Store& store, const LongWork& work);
  Result<Done> load(db::Reader& reader, const LongWork& work);
  Result<Done> apply(db::Reader& reader, const TouchedRecords& touched);
  Result<Done> apply_new_payments(db::Reader& reader, const TouchedRecords& touched);
  Result<Done> apply_posts(db::Reader& reader, const TouchedRecords& touched);
  Result<Id> greatest(MartNumber mart);
  Result<Done> load_parameters(db::Reader& reader);
  Result<Done> set_position(const Store& store, db::Reader& reader, std::int64_t position);
  Result<Done> merge(std::size_t mart);
  Result<Done> sort(std::size_t mart, std::int64_t delta);

  static constexpr std::size_t kMartCount = 6;

  duck::Database database_;
  std::optional<duck::Connection> connection_;
  std::optional<duck::Prepared> add_gone_[kMartCount];
  std::optional<duck::Prepared> clear_delta_[kMartCount];
  std::optional<Id> greatest_[kMartCount];  // id that each mart ever held, once it was asked for
  std::optional<duck::IdList> scope_;
  std::optional<duck::IdList> keys_;  // of what apply() replaces: `mart_key()`
  std::int64_t merge_at_ = MartsOptions().merge_at;
  std::int64_t position_ = 0;
  std::int64_t generation_ = 0;
  std::int64_t planned_for_ = 0;  // rows beside the bases, when statements were last planned
  std::int64_t sorted_[kMartCount] = {};  // rows of each delta that stand in order
  bool structure_stale_ = false;
  std::set<std::string> set_parameters_;
};

}  // namespace jishi::insight
