#pragma once
// What refers to persons, module by module, so that a merger leaves no reference behind. Each
// module moves what its own tables hold; the application knows the list of them.

#include <functional>

#include "modules/registry/mergers/memory.hpp"

namespace jishi::registry {

/// Two records of one person: from now on the dropped one's id leads to the one kept.
struct PersonMerger {
  Id id = kNoId;  // the command that merged
  Id kept = kNoId;
  Id dropped = kNoId;
};

/// References of one kind that a merger moves.
struct MovedReferences {
  std::string what;         // posts, attendance, payments, accounts …
  std::int64_t moved = 0;   // to the one kept
  std::int64_t shared = 0;  // which both records had: one of the two stays
};
BOOST_DESCRIBE_STRUCT(MovedReferences, (), (what, moved, shared))

/// A column that holds persons.
struct PersonColumn {
  std::string_view column;        // orglife_attendance.person
  std::string_view left_because;  // empty: the module moves it
};

/// What a module does with its references to persons.
struct PersonReferences {
  std::string_view module;
  std::vector<PersonColumn> columns;
  /// Moves them, and remembers in a MergerMemory what the undo needs. May refuse.
  std::function<Result<std::vector<MovedReferences>>(Transaction&, const PersonMerger&)> merge;
  /// Puts them back, but for what came later, which stays with the one kept. May refuse.
  std::function<Result<Done>(Transaction&, const PersonMerger&)> unmerge;
};

using AllPersonReferences = std::vector<PersonReferences>;

/// Rows of one kind that a merger moves at most.
inline constexpr int kMaxMovedRows = 100'000;

/// registry.merger_too_large, of more rows than that.
Error merger_too_large(std::string_view what);

/// Those of this module: posts, conflicts, possible duplicates, and what mergers themselves hold.
PersonReferences person_references();

}  // namespace jishi::registry
