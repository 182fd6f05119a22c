#pragma once
#include "modules/registry/structure/changes.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// Takes back a move, a renaming, an end or a reopening as if it had never been; the correction is
/// a fact of its own. Refused once a later fact touches the organisation.
struct Undo {
  Id command = kNoId;  // as Changes::command gave it
};
BOOST_DESCRIBE_STRUCT(Undo, (), (command))

/// Later facts, of all organisations, through which an undo looks for one that touches its own.
inline constexpr std::int64_t kMaxFactsBetween = 500'000;

/// Whether a command is one that undo() takes back and nothing touched its organisation since. Only
/// the work itself knows whether something else stands against it.
bool is_undoable(db::Reader& reader, Id command);

Result<Changes> undo(Transaction& tx, const Undo& command);
Result<Changes> undo(Store& store, Actor actor, const Undo& command);
Result<Changes> preview_undo(Store& store, Actor actor, const Undo& command);

}  // namespace jishi::registry
