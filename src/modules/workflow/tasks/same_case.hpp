#pragma once
// Whether a case says the same of itself as another that runs beside it.

#include "modules/workflow/cases/start_case.hpp"

namespace jishi::workflow {

/// Of a form with `x-same` (`fields`, and `unless`: the field by which whoever fills it in says
/// that it is another all the same): whether another running case of the process in the
/// organisation holds the same in all of these fields. Looks at 200 cases at most. Errors:
/// workflow.same_running, with the other case.
std::optional<Error> refuse_same(Transaction& tx, const Office& office, const HeldCase& held,
                                 const boost::json::object& form, const feel::Value& variables);

}  // namespace jishi::workflow
