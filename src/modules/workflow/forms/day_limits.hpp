#pragma once
// Between which days a field of a form lies: `x-not-before` and `x-not-after`, each a FEEL
// expression over the variables of the case or a list of such, or of objects {day, zh, en} that say
// what the day is (`own`: a practice of ours, not of the clause of the step). Beside the variables
// there are `today`, `opened` (the day on which the step came up) and `first_opened` (the first
// time, where it comes up again). In a list, one with `unshown` is held to and not said by the form
// that is shown: another field of the answer may move it.

#include "base/date.hpp"
#include "base/language.hpp"
#include "modules/workflow/forms/forms.hpp"

namespace jishi::workflow {

/// The days that limits may speak of beside those of the case.
struct StepDays {
  Date today;
  Date opened;
  Date first_opened;
};

/// What the days of an answer are held against.
struct DayView {
  const feel::Value& held;   // the variables of the case before the answer
  const feel::Value& given;  // what the answer brings
  StepDays days;
  std::string_view basis;  // the clause on which the step rests, as people know it
  bool whole = false;      // what the case holds already counts as answered too
};

/// Whether a form limits any of its days.
bool limits_days(const boost::json::object& form);

/// Why a day cannot be taken; pure. A lower limit past the upper one is not held to: no day would
/// be left, as where a step is done again. Errors: workflow.day_too_early, day_too_late, with the
/// field as `path`, the day, the limit and what it is.
std::optional<Error> refuse_days(const boost::json::object& form, const DayView& view,
                                 Language language);

/// The form with what its limits come to: `formatMinimum` and `formatMaximum` of its fields.
boost::json::object with_day_limits(boost::json::object form, const feel::Value& held,
                                    const StepDays& days);

}  // namespace jishi::workflow
