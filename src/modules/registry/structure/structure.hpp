#pragma once
// Organisations in structures with valid time: who stood under whom on which day, and the commands
// that change it. Each command has a preview that runs the same work and keeps nothing.

#include "ledger/commands.hpp"
#include "modules/registry/structure/abolish/abolish_organisation.hpp"
#include "modules/registry/structure/create/create_organisation.hpp"
#include "modules/registry/structure/merge/merge_organisations.hpp"
#include "modules/registry/structure/move/move_organisation.hpp"
#include "modules/registry/structure/rename/rename_organisation.hpp"
#include "modules/registry/structure/reopen/reopen_organisation.hpp"
#include "modules/registry/structure/split/split_organisation.hpp"
#include "modules/registry/structure/tree/ancestry.hpp"
#include "modules/registry/structure/tree/tree.hpp"
#include "modules/registry/structure/undo/undo.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::registry {

/// The commands of this module, by name.
std::vector<CommandEntry> commands();

/// The routes of these commands.
void structure_routes(api::Routes& routes);

}  // namespace jishi::registry
