#include "modules/dues/books/shares.hpp"

#include <algorithm>

namespace jishi::dues {

namespace {
constexpr std::int64_t kWhole = 100;
}

Shared share_of(const Collected& collected, int percent) {
  const std::int64_t large = std::max<std::int64_t>(collected.large_cents, 0);
  const std::int64_t ordinary = std::max<std::int64_t>(collected.all_cents - large, 0);
  const std::int64_t part = std::clamp<std::int64_t>(percent, 0, kWhole);
  // Hundreds first: no product grows beyond the sum itself.
  const std::int64_t up =
      ordinary / kWhole * part + (ordinary % kWhole * part + kWhole / 2) / kWhole;
  return {large + up, collected.all_cents - large - up};
}

std::int64_t missing_of(std::int64_t due_cents, std::int64_t remitted_cents) {
  return std::max<std::int64_t>(due_cents - remitted_cents, 0);
}

}  // namespace jishi::dues
