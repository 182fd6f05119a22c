#pragma once
// Days that are provisional (暂定): counted in working days into a year for which nothing is
// announced yet.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// The year whose holidays are not announced yet and on which a moment rests, where its timing
/// counts working days; none: the moment stands.
std::optional<int> provisional_year(const WorkCalendar& calendar,
                                    const std::optional<Timing>& timing, Moment at);

/// The day as people are told it: with why, where it is provisional.
std::string told_day(Language language, const std::string& day, std::optional<int> year);

}  // namespace jishi::workflow
