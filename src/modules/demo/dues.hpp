#pragma once
// What the members paid.

#include <cstdint>
#include <vector>

#include "modules/demo/people.hpp"

namespace jishi::demo {

class Dues {
 public:
  Dues(const Shares& shares, const CityPlan& plan, CitySink& sink, CityCounts& counts)
      : shares_(shares), plan_(plan), sink_(sink), counts_(counts) {}

  /// Gives the payments of a person to the sink; false when that wants no more.
  bool make(const Person& person);

 private:
  /// Monthly dues in cents: fixed at the start of a year, on a base that rises by 3 % a year.
  std::int64_t monthly(const Occupation& occupation, std::int64_t base, int years) const;
  Date paid_on(int month, int day, bool by_quarter, Rng& rng) const;

  const Shares& shares_;
  const CityPlan& plan_;
  CitySink& sink_;
  CityCounts& counts_;
  intake::PaymentRow row_;
};

}  // namespace jishi::demo
