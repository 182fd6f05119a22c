#pragma once
// The archives of two records of one person: their fields, and where they were a member.

#include "modules/registry/mergers/merge_persons.hpp"
#include "modules/registry/mergers/stays.hpp"

namespace jishi::registry {

/// Makes the two archives one, in the one kept, and tells in `told` what became of each field and
/// place. A merger remembers what it changes. Returns the place of the one kept before.
Id merge_archives(Transaction& tx, const PersonMerger& merger, PersonsMerged& told);

/// Gives both their archives back. Fails with registry.unmerge_place_ended,
/// unmerge_memberships_changed, unmerge_number_taken.
Result<Done> unmerge_archives(Transaction& tx, const PersonMerger& merger);

}  // namespace jishi::registry
