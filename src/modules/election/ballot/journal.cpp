#include "modules/election/ballot/journal.hpp"

#include "platform/db/connection.hpp"

namespace jishi::election {

namespace {

// Answers whether it was kept from it.
constexpr Statement kEmpty{"election.empty_journal", "pragma wal_checkpoint(truncate)"};
constexpr int kTries = 3;  // each waits for readers as long as a statement does

}  // namespace

bool empty_journal(Store& store) {
  if (store.engine().name() != "sqlite") return true;
  const auto connection = store.engine().open(db::Access::write);
  for (int tried = 0; tried < kTries; ++tried) {
    db::Cursor& answer = connection->execute(kEmpty, {});
    if (answer.next() && answer.bytes(0) == "0") return true;
  }
  return false;
}

}  // namespace jishi::election
