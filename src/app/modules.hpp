#pragma once

#include <vector>

#include "ledger/commands.hpp"

namespace jishi::app {

/// The commands of all modules, by name.
std::vector<CommandEntry> all_commands();

}  // namespace jishi::app
