#pragma once
// A store moves from a file to a database of PostgreSQL, or back. It also stays where it was.

#include "ledger/backup/copy_store.hpp"

namespace jishi {

struct Moved {
  Copied copied;
  Verification before;  // of where it was
  Verification after;   // of where it is; not made when `before` does not fit
  bool done = false;    // false: `before` does not fit, and nothing was copied
};

/// Verifies a store, copies it into an empty place and verifies it there: the same facts and the
/// same root. Nobody may write to it meanwhile: its folder is locked. Fails as copy_store() does,
/// and with ledger.no_store, ledger.store_in_place, files.folder_in_use.
Result<Moved> move_store(const StoreOptions& from, const StoreOptions& to,
                         VerifyObserver& observer);

}  // namespace jishi
