#pragma once
// Whether a case says the same of itself as another that runs beside it, or is about somebody who
// is on record already and not received again yet.

#include "modules/workflow/cases/start_case.hpp"

namespace jishi::workflow {

/// Of a form with `x-same` (`fields`, and perhaps `unless`: the field by which whoever fills it in
/// says that it is another all the same): whether another running case of the process in the
/// organisation holds the same in all of these fields. Looks at 200 cases at most. Errors:
/// workflow.same_running or, where nothing can be said, workflow.same_recorded, with the other
/// case.
std::optional<Error> refuse_same(Transaction& tx, const Office& office, const HeldCase& held,
                                 const boost::json::object& form, const feel::Value& variables);

/// Of a form with `x-rejoin` (`name`, `born`, `on`: fields; `unless` as above): whether somebody of
/// that name and birth was advised to leave or removed, and is not received again on that day.
/// Errors: workflow.rejoin_by_name, with the day from which they may be.
std::optional<Error> refuse_rejoin(Transaction& tx, const boost::json::object& form,
                                   const feel::Value& variables);

}  // namespace jishi::workflow
