#pragma once
// The accounts of dues of a demo city, as they stand some months after a year: nearly all have
// passed their share up, a few only a part or nothing; committees used some of what they kept, and
// most accounts are published.

#include "modules/dues/books/books.hpp"

namespace jishi::dues {

struct DemoBooks {
  std::int64_t remittances = 0;
  std::int64_t uses = 0;
  std::int64_t publications = 0;
};

/// Of the year before that of `today`; nothing that would have happened after `today`. The clock
/// is set to each day in turn.
Result<DemoBooks> keep_demo_books(Store& store, FixedClock& clock, const UpwardShares& shares,
                                  Date today);

}  // namespace jishi::dues
