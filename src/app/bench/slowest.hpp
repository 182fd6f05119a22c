#pragma once
// The worst of many cases.

#include <string>

#include "app/bench/measure.hpp"

namespace jishi::app::bench {

/// The slowest of what is asked for, each at its best of some rounds, in milliseconds.
class Slowest {
 public:
  static constexpr int kRounds = 5;

  template <class Ask>
  void ask(const std::string& what, Ask&& ask) {
    double best = 1e9;
    for (int round = 0; round < kRounds; ++round) {
      best = std::min(best, seconds_of(ask) * 1'000);
    }
    if (best <= milliseconds) return;
    milliseconds = best;
    slowest = what;
  }

  double milliseconds = 0;
  std::string slowest;
};

}  // namespace jishi::app::bench
