#pragma once
// A backup is the store's SQLite file in one consistent state, verified, with the files that the
// store keeps beside its tables. The key file is not in it, and neither are the marts, which are
// made anew from the ledger.

#include <filesystem>
#include <optional>

#include "ledger/backup/kept_files.hpp"
#include "ledger/verify/verify.hpp"

namespace jishi {

struct Backup {
  std::uintmax_t bytes = 0;
  std::int64_t kept_files = 0;
  Verification verification;
  bool kept = false;  // false: what was copied does not fit, and no file was left
};

/// Copies a store, also while it is in use, into the new file `target`, forces it to
/// the disk and verifies it there; files come after the tables, so that each that is named there is
/// among them. Fails with ledger.no_store, ledger.backup_exists,
/// ledger.backup_unwritable.
Result<Backup> back_up(const StoreOptions& options, const std::filesystem::path& target,
                       VerifyObserver& observer);

struct RestoreRequest {
  std::filesystem::path backup;
  StoreOptions to;
  bool replace = false;  // a store that is there is kept beside, as jishi.sqlite.before-restore
};

struct Restored {
  Verification verification;
  std::int64_t kept_files = 0;
  bool done = false;  // false: the backup does not fit, and nothing was changed
  std::optional<std::filesystem::path> kept_beside;
};

/// Makes a store from a backup, which is verified first: what is put in place is what was verified.
/// A database of PostgreSQL must be empty. Fails with ledger.no_file, ledger.not_a_store,
/// ledger.store_in_place, ledger.database_not_empty, files.folder_in_use.
Result<Restored> restore(const RestoreRequest& request, VerifyObserver& observer);

}  // namespace jishi
