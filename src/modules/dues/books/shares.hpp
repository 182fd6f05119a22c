#pragma once
// How what was collected is shared between an organisation and its superior: whole cents, no
// floating point. What is passed up and what is kept always make the whole.

#include <cstdint>

namespace jishi::dues {

/// What was collected in a year, in cents.
struct Collected {
  std::int64_t all_cents = 0;
  /// Of it: single voluntary sums of a thousand yuan and more, which go to the Centre whole
  /// (中组发〔2008〕3号).
  std::int64_t large_cents = 0;
};

struct Shared {
  std::int64_t up_cents = 0;
  std::int64_t kept_cents = 0;
};

/// `percent` (0 to 100) of the ordinary dues goes up, rounded half up to the cent; large sums go up
/// whole; the rest is kept. Of amounts below zero nothing goes up.
Shared share_of(const Collected& collected, int percent);

/// What is still to be passed up; nothing where more was passed up than was due.
std::int64_t missing_of(std::int64_t due_cents, std::int64_t remitted_cents);

}  // namespace jishi::dues
