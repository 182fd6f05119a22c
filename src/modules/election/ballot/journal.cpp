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
  try {
    const auto connection = store.engine().open(db::Access::write);
    for (int tried = 0; tried < kTries; ++tried) {
      db::Cursor& answer = connection->execute(kEmpty, {});
      if (answer.next() && answer.bytes(0) == "0") return true;
    }
  } catch (const db::Failure&) {
    // The box is closed all the same: whoever closed it is not to be told otherwise.
  }
  return false;
}

}  // namespace jishi::election
