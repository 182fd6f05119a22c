#pragma once
// Does the ledger still say what it said? Everything is computed anew and held against what is
// stored and signed. Reads one consistent state, also while the store is in use.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/result.hpp"
#include "ledger/store.hpp"

namespace jishi {

/// Is told how far a verification is.
class VerifyObserver {
 public:
  virtual ~VerifyObserver() = default;
  virtual void progress(std::int64_t facts, std::int64_t of) = 0;
  /// Whether to go no further: asked as often as progress is told.
  virtual bool stopped() const { return false; }
};

/// The fact that a misfit is about, as it stands in the store.
struct FactSeen {
  std::int64_t seq = 0;
  std::int64_t kind = 0;
  std::int64_t happened_days = 0;
  std::int64_t recorded_ms = 0;
};

/// Something that does not fit. `what` is the text that says so: ledger.leaf_differs …
struct Misfit {
  Error what;
  std::optional<FactSeen> fact;
};

struct Verification {
  std::string store_id;
  std::int64_t facts = 0;       // that fit
  std::int64_t heads = 0;       // likewise
  Hash root{};                  // of all facts, computed
  std::vector<Misfit> misfits;  // of the file, and the first of the ledger; empty: all fits
  std::filesystem::path key_file;
  std::optional<Error> no_key;  // signatures were not checked, because
  bool stopped = false;         // by the observer: nothing is said of the rest

  bool fits() const { return misfits.empty(); }
};

/// Verifies the database of a store, or a backup, which is one of SQLite: the file itself; each
/// fact's leaf, number and time; the stored nodes; each head's root, edge and signature. Fails with
/// ledger.no_file, ledger.not_a_store.
Result<Verification> verify(const db::Engine& engine, const std::filesystem::path& keys_folder,
                            VerifyObserver& observer);

/// Verifies the store that the options name. Fails with ledger.no_store.
Result<Verification> verify_store(const StoreOptions& options, VerifyObserver& observer);

}  // namespace jishi
