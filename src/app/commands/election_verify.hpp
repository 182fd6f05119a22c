#pragma once

#include <string>

#include "app/context.hpp"

namespace jishi::app {

struct ElectionVerifyOptions {
  std::string file;
};
/// Counts an exported ballot box again. Without a store: whoever has the file may.
Result<Status> run_election_verify(const Context& context, const ElectionVerifyOptions& options);

}  // namespace jishi::app
