#include "base/id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>
#include <thread>
#include <vector>

namespace jishi {
namespace {

const Date kToday = *make_date(2026, 3, 1);

TEST(Id, GrowsWhateverTheClockDoes) {
  EXPECT_TRUE(rc::check([](const std::vector<int>& jumps_ms) {
    FixedClock clock(kToday);
    IdSource ids(clock, 1);
    Id last = ids.next();
    for (const int jump : jumps_ms) {
      clock.set_ms(clock.now_ms() + jump);
      const Id next = ids.next();
      RC_ASSERT(next > last);
      RC_ASSERT(ids.last() == next);
      last = next;
    }
  }));
}

TEST(Id, AClockBeforeTheEpochGivesIdsToo) {
  FixedClock clock(*make_date(1990, 1, 1));
  IdSource ids(clock, 1);
  const Id first = ids.next();
  EXPECT_GT(first, kNoId);
  EXPECT_GT(ids.next(), first);
}

TEST(Id, MoreThanOneMillisecondHolds) {
  FixedClock clock(kToday);
  IdSource ids(clock, 3);
  std::set<Id> seen;
  for (int i = 0; i < 50'000; ++i) seen.insert(ids.next());
  EXPECT_EQ(seen.size(), 50'000U);
}

TEST(Id, NodesAreApart) {
  FixedClock clock(kToday);
  IdSource one(clock, 1);
  IdSource two(clock, 2);
  std::set<Id> seen;
  for (int i = 0; i < 20'000; ++i) {
    seen.insert(one.next());
    seen.insert(two.next());
  }
  EXPECT_EQ(seen.size(), 40'000U);
}

TEST(Id, GoesOnAfterWhatAStoreHolds) {
  FixedClock clock(kToday);
  IdSource before(clock, 9);
  EXPECT_EQ(before.last(), kNoId);
  for (int i = 0; i < 20'000; ++i) before.next();
  clock.set_ms(clock.now_ms() - 86'400'000);
  for (const unsigned node : {9U, 1U, 255U}) {
    IdSource after(clock, node);
    after.start_after(before.last());
    const Id next = after.next();
    EXPECT_NE(next, before.last());
    if (node == 9U) {
      EXPECT_GT(next, before.last());
    }
    after.start_after(kNoId);
    EXPECT_GT(after.next(), next);
  }
}

TEST(Id, ThreadsNeverShareOne) {
  FixedClock clock(kToday);
  IdSource ids(clock, 1);
  std::vector<std::vector<Id>> given(8);
  std::vector<std::thread> threads;
  for (auto& mine : given) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5'000; ++i) mine.push_back(ids.next());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<Id> all;
  for (const auto& mine : given) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 40'000U);
}

}  // namespace
}  // namespace jishi
