#pragma once
// Cases that go on elsewhere: with an organisation that is merged into another, or with a person in
// development who moves to another branch. What was done and counted stays as it is.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

inline constexpr int kMostHandedOver = 2'000;  // cases of one command

/// Running cases of an organisation that was merged, and open tasks that others have there, go to
/// its successor, each with an event that says so. What is over stays. Returns how many cases
/// moved. Errors: workflow.too_many_to_hand_over.
Result<std::int64_t> hand_over_cases(Transaction& tx, const Office& office, Id from, Id to);

/// Running development of a person who moved goes to where they are now: 考察 counts on after a
/// move (发展党员工作细则). `but_for`: the case by which they moved. Errors: as above.
Result<std::int64_t> follow_person(Transaction& tx, const Office& office, Id person, Id from, Id to,
                                   Id but_for);

/// A running case of an organisation that moved in the Party's structure, or of one below it, goes
/// to the committees above it now: what lies next goes there, open tasks are laid anew. Returns
/// whether it changed. Errors: those of held_case().
Result<bool> follow_structure(Transaction& tx, const Office& office, Id case_id);

/// Open tasks of a case go down to where their role is held now, or up from where nobody holds it
/// any more. What was taken on by somebody who holds the role still stays theirs. Returns whether
/// any went. Errors: those of held_case().
Result<bool> follow_roles(Transaction& tx, const Office& office, Id case_id);

/// Refuses the end of an organisation that still has running cases: workflow.cases_running.
std::optional<Error> refuse_running_cases(db::Reader& reader, Id organisation);

/// An organisation itself or, where it was merged, the one that has its tasks now.
Id successor_of(db::Reader& reader, Id organisation);

/// Who stands above an organisation: its Party parent; of a node of another structure (a region, a
/// grid) the one above it there. None: of the top, and of what stands nowhere.
std::optional<Id> superior_of(db::Reader& reader, Id organisation);

}  // namespace jishi::workflow
