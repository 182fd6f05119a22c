#pragma once
// A store's tables from one engine to another, or into an empty database of the same.

#include "ledger/verify/verify.hpp"

namespace jishi {

struct Copied {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
};

/// Copies one consistent state of all tables, reads it back, and holds each table's number of rows
/// and digest against what was read; one transaction, nothing is left when it fails. The steps of
/// the schema are those of the source. Fails with ledger.not_a_store, ledger.database_not_empty,
/// ledger.copy_differs.
Result<Copied> copy_store(const db::Engine& from, const db::Engine& to, VerifyObserver& observer);

}  // namespace jishi
