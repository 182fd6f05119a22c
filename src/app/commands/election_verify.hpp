#pragma once

#include <string>

#include "app/context.hpp"

namespace jishi::app {

struct ElectionVerifyOptions {
  std::string file;
  std::string root;  // as the ledger and the page tell it, in any case; empty: nobody compares
};

/// Counts an exported ballot box again. Without a store: whoever has the file may.
Result<Status> run_election_verify(const Context& context, const ElectionVerifyOptions& options);

}  // namespace jishi::app
