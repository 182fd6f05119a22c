#include "platform/http/limits.hpp"

#include <rapidcheck/gtest.h>

namespace jishi::http {
namespace {

using namespace std::chrono_literals;

TEST(Peer, IsAnAddressOrTheNetworkOfAHome) {
  EXPECT_EQ(peer_of("2001:db8:1:2::1"), peer_of("2001:db8:1:2:ffff::9"));
  EXPECT_NE(peer_of("2001:db8:1:2::1"), peer_of("2001:db8:1:3::1"));
  EXPECT_EQ(peer_of("fe80::1%eth0"), peer_of("fe80::2"));
  EXPECT_EQ(peer_of("10.0.0.1"), "10.0.0.1");
  EXPECT_NE(peer_of("10.0.0.1"), peer_of("10.0.0.2"));
}

TEST(ConnectionCount, BoundsAllAndEachAddress) {
  ConnectionCount count(3, 2);
  EXPECT_TRUE(count.enter("a"));
  EXPECT_TRUE(count.enter("a"));
  EXPECT_FALSE(count.enter("a"));
  EXPECT_TRUE(count.enter("b"));
  EXPECT_FALSE(count.enter("c"));
  EXPECT_EQ(count.count(), 3U);
  count.leave("a");
  EXPECT_TRUE(count.enter("c"));
  EXPECT_EQ(count.count(), 3U);
}

TEST(Budget, IsSharedAndGivenBack) {
  Budget budget(10);
  {
    Share one(budget);
    Share other(budget);
    EXPECT_TRUE(one.add(6));
    EXPECT_FALSE(other.add(5));
    EXPECT_TRUE(other.add(4));
    EXPECT_FALSE(one.add(1));
    one.give_back();
    EXPECT_EQ(budget.taken(), 4U);
    EXPECT_TRUE(one.add(6));
  }
  EXPECT_EQ(budget.taken(), 0U);
}

TEST(RequestRate, LetsABurstInAndThenTheRate) {
  RequestRate rate(2);
  auto now = RequestRate::Clock::now();
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(rate.take("a", now)) << i;
  EXPECT_FALSE(rate.take("a", now));
  EXPECT_TRUE(rate.take("b", now));
  now += 500ms;
  EXPECT_TRUE(rate.take("a", now));
  EXPECT_FALSE(rate.take("a", now));
  now += 1h;
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(rate.take("a", now)) << i;
  EXPECT_FALSE(rate.take("a", now));
}

TEST(RequestRate, OfZeroLetsAllIn) {
  RequestRate rate(0);
  const auto now = RequestRate::Clock::now();
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(rate.take("a", now));
}

TEST(RequestRate, HoweverSlowLetsOneInAtATime) {
  RequestRate rate(0.01);  // one in a hundred seconds
  auto now = RequestRate::Clock::now();
  EXPECT_TRUE(rate.take("a", now));
  EXPECT_FALSE(rate.take("a", now));
  EXPECT_FALSE(rate.take("a", now += 50s));
  EXPECT_TRUE(rate.take("a", now += 51s));
}

TEST(RequestRate, ManyAddressesDoNotFillTheMemoryNorShutAnyoneOut) {
  RequestRate rate(1);
  const auto now = RequestRate::Clock::now();
  for (std::size_t i = 0; i < RequestRate::kMaxAddresses + 10; ++i)
    ASSERT_TRUE(rate.take(std::to_string(i), now));
}

RC_GTEST_PROP(RequestRate, NeverLetsMoreInThanItSays, ()) {
  RequestRate rate(5);
  auto now = RequestRate::Clock::now();
  const auto start = now;
  int let_in = 0;
  const auto waits = *rc::gen::container<std::vector<int>>(200, rc::gen::inRange(0, 400));
  for (const int wait : waits) {
    now += std::chrono::milliseconds(wait);
    let_in += rate.take("a", now) ? 1 : 0;
  }
  const std::chrono::duration<double> passed = now - start;
  RC_ASSERT(let_in <= 5 * RequestRate::kBurstSeconds + 5 * passed.count() + 1);
}

}  // namespace
}  // namespace jishi::http
