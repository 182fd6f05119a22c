#include "modules/dues/books/shares.hpp"

#include <gtest/gtest.h>

namespace jishi::dues {
namespace {

TEST(DuesShares, Table) {
  struct Case {
    Collected collected;
    int percent;
    std::int64_t up;
    std::int64_t kept;
  };
  for (const Case& one : {
           Case{{0, 0}, 40, 0, 0},
           Case{{10'000, 0}, 40, 4'000, 6'000},
           Case{{10'000, 0}, 0, 0, 10'000},
           Case{{10'000, 0}, 100, 10'000, 0},
           Case{{1, 0}, 49, 0, 1},
           Case{{1, 0}, 50, 1, 0},                        // half a cent goes up
           Case{{10, 0}, 5, 1, 9},                        // 0.5
           Case{{9, 0}, 5, 0, 9},                         // 0.45
           Case{{30, 0}, 5, 2, 28},                       // 1.5
           Case{{333, 0}, 33, 110, 223},                  // 109.89
           Case{{100'000, 100'000}, 5, 100'000, 0},       // a large sum is not shared
           Case{{112'345, 100'000}, 5, 100'617, 11'728},  // 617.25
           Case{{150'000, 100'000}, 0, 100'000, 50'000},
           Case{{150'000, 100'000}, 100, 150'000, 0},
           Case{{999'999'999'999'999, 0}, 5, 50'000'000'000'000, 949'999'999'999'999},
       }) {
    const Shared shared = share_of(one.collected, one.percent);
    EXPECT_EQ(shared.up_cents, one.up) << one.collected.all_cents << " " << one.percent;
    EXPECT_EQ(shared.kept_cents, one.kept) << one.collected.all_cents << " " << one.percent;
  }
}

TEST(DuesShares, TheTwoPartsAlwaysMakeTheWhole) {
  std::int64_t seed = 17;
  for (int turn = 0; turn < 20'000; ++turn) {
    seed = (seed * 1'103'515'245 + 12'345) % 2'147'483'648;
    const std::int64_t large = turn % 3 == 0 ? 100'000 + seed % 77'777 : 0;
    const Collected collected{seed % 9'999'991 + large, large};
    for (const int percent : {0, 1, 5, 33, 50, 67, 99, 100}) {
      const Shared shared = share_of(collected, percent);
      ASSERT_EQ(shared.up_cents + shared.kept_cents, collected.all_cents);
      ASSERT_GE(shared.up_cents, large);
      ASSERT_GE(shared.kept_cents, 0);
    }
  }
}

TEST(DuesShares, WhatIsMissingIsNeverLessThanNothing) {
  EXPECT_EQ(missing_of(100, 40), 60);
  EXPECT_EQ(missing_of(100, 100), 0);
  EXPECT_EQ(missing_of(100, 140), 0);
}

}  // namespace
}  // namespace jishi::dues
