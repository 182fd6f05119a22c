#pragma once
// What sets one organisation of the demo city apart from the next: what is not in order with it,
// how many members it has, when it was founded and elected.

#include "modules/demo/organisations.hpp"

namespace jishi::demo {

/// Spreads the lapses over branches and upper organisations, and turns branches into temporary and
/// mobile ones.
void set_lapses(const Shares& shares, const CityPlan& plan, City& city);

/// Gives every branch its members (their sum is that of the plan) and those who left.
void set_sizes(const Shares& shares, const CityPlan& plan, City& city);

/// Sets the dates of founding, election, extension and end.
void set_dates(const Shares& shares, const CityPlan& plan, City& city);

}  // namespace jishi::demo
