#pragma once
// What the program knows and gives a case at its beginning, so that nobody is asked for it.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// Puts beside the first variables the kinds of the places, and what the process is given by
/// docs/procedures.md: who is to be appraised, whether there are a committee and groups. What was
/// sent under these names gives way.
feel::Value with_opening(db::Reader& reader, const CaseRow& row, Date today, feel::Value variables);

/// Why the year that a case of each year is said to be about cannot be; pure. A plan is made for
/// this year or the next; what looks back may also be of the year before. Error:
/// workflow.year_unfit.
std::optional<Error> refuse_year(std::string_view process, bool each_year, Date today,
                                 const boost::json::object& given);

}  // namespace jishi::workflow
