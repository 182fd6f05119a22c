#pragma once
// What a process asks of the beginning of a case: whom it may be about, and that it runs once.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// Refuses a case that lacks its person, is about somebody who is gone, or that runs already, as
/// the process says by jishi:about, standing, stages and once. `variables`: those it begins with.
/// Errors: workflow.person_needed (400), person_standing, person_stage, runs_already (409, names
/// the one that runs).
std::optional<Error> refuse_beginning(Store& store, db::Reader& reader, const Office& office,
                                      const HeldCase& held, const feel::Value& variables);

/// The case that keeps another of its kind from running beside it, as jishi:once says: about the
/// same person or in the same organisation, of the same `year` where the process runs once a year.
std::optional<Id> runs_already(Store& store, db::Reader& reader, const Office& office,
                               const HeldCase& held, const feel::Value& variables);

/// Refuses an answer that gives a case the year of another one that runs. `given`: the answer.
/// Error: workflow.runs_already.
std::optional<Error> refuse_year_change(Store& store, db::Reader& reader, const Office& office,
                                        const HeldCase& held, const feel::Value& given);

/// Refuses a process with a step of the organisation above where there is none, but for the top of
/// all, which answers to nobody here: workflow.no_superior.
std::optional<Error> refuse_no_superior(db::Reader& reader, const HeldCase& held);

}  // namespace jishi::workflow
