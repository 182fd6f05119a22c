#pragma once

#include "ledger/store.hpp"

namespace jishi::election {

/// Takes the frames of past transactions out of SQLite's journal: in them one could see which code
/// went together with which ballot. False: somebody reads an older state still, after some seconds.
/// What PostgreSQL keeps of its log is the server's (docs/how-to/run-in-production.md).
bool empty_journal(Store& store);

}  // namespace jishi::election
