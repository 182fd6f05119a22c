#pragma once
// Who says where an organisation stands: whoever may write it, and in another structure than the
// Party's whoever holds a role there.

#include "api/call.hpp"
#include "modules/registry/structure/structure.hpp"

namespace jishi::registry {

/// move_organisation() as the caller may: errors api.forbidden and registry.not_found beside its
/// own.
Result<Changes> move_where_placed(Transaction& tx, const api::Call& call,
                                  const MoveOrganisation& command);

/// undo() likewise, by the structure in which the command moved something.
Result<Changes> undo_where_placed(Transaction& tx, const api::Call& call, const Undo& command);

}  // namespace jishi::registry
