#pragma once
// Working days in expressions.

#include <memory>

#include "base/feel/library.hpp"
#include "base/workdays/working_days.hpp"

namespace jishi {

/// The standard's functions and ours, by a calendar:
///   add working days(date, days)        the date that many working days later
///   working days after(from, to)        how many working days lie behind `from` up to `to`
///   is working day(date)
///   is provisional(date)                whether nothing is announced yet for its year
/// The calendar has to live as long as the expressions that were read with the library.
feel::Library library_with(const WorkCalendar& calendar);

}  // namespace jishi
