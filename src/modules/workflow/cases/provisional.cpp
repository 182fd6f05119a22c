#include "modules/workflow/cases/provisional.hpp"

#include "base/texts.hpp"

namespace jishi::workflow {

std::optional<int> provisional_year(const WorkCalendar& calendar,
                                    const std::optional<Timing>& timing, Moment at) {
  if (!timing || timing->expression == nullptr) return std::nullopt;
  if (feel::text_of(*timing->expression).find("working days") == std::string::npos)
    return std::nullopt;
  const Date day = day_at(at);
  return calendar.is_known(day) ? std::nullopt : std::optional(year_of(day));
}

std::string told_day(Language language, const std::string& day, std::optional<int> year) {
  if (!year) return day;
  return say(language, "workflow.provisional_day", {{"day", day}, {"year", std::to_string(*year)}});
}

}  // namespace jishi::workflow
