#include "modules/identity/sign_in/lockout.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace jishi::identity {
namespace {

constexpr std::int64_t kNow = 1'000'000'000;

TEST(DelayOf, Table) {
  const Failures none;
  const auto failed = [](int count, std::int64_t ago = 0) { return Failures{count, kNow - ago}; };
  const struct {
    const char* what;
    Attempt attempt;
    std::int64_t delay;
  } cases[] = {
      {"nothing failed", {false, false, none, none, none}, 0},
      {"the free ones", {false, false, none, failed(4), failed(29)}, 0},
      {"one second first", {false, false, none, failed(5), none}, 1'000},
      {"then two", {false, false, none, failed(6), none}, 2'000},
      {"some of it is over", {false, false, none, failed(6, 500), none}, 1'500},
      {"all of it is over", {false, false, none, failed(6, 2'000), none}, 0},
      {"never longer than the longest",
       {false, false, none, failed(1'000'000), none},
       kLongestDelayMs},
      {"others at the address", {false, false, none, none, failed(30)}, 1'000},
      {"the longer of both", {false, false, none, failed(6), failed(33)}, 8'000},
      {"others at the address do not count in a known range",
       {false, true, none, none, failed(1'000)},
       0},
      {"the name's own do", {false, true, none, failed(6), failed(1'000)}, 2'000},
      {"nothing elsewhere counts on a known device",
       {true, false, none, failed(1'000), failed(1'000)},
       0},
      {"but its own does", {true, true, failed(7), none, none}, 4'000},
      {"a device that is not known has no say", {false, false, none, failed(5), failed(1)}, 1'000},
  };
  for (const auto& [what, attempt, expected] : cases) {
    EXPECT_EQ(delay_of(attempt, kNow), std::min(expected, kLongestDelayMs)) << what;
  }
}

AttemptKeys from(std::string_view name, std::string_view address, bool known_device = false) {
  AttemptKeys keys;
  keys.known_device = known_device;
  keys.device = sha256("device", name);
  keys.name = sha256(name, address);
  keys.address = sha256("address", address);
  return keys;
}

TEST(Lockout, AnAttackerWaitsAndTheOwnerOfTheNameDoesNot) {
  Lockout lockout;
  std::int64_t now = kNow;
  int made = 0;
  for (int second = 0; second < 3'600; ++second, now += 1'000) {
    if (lockout.begin(from("wang", "203.0.113.9"), now) == 0) ++made;
  }
  EXPECT_LT(made, 20) << "guesses in an hour";
  EXPECT_GT(lockout.begin(from("wang", "203.0.113.9"), now), 0);
  EXPECT_EQ(lockout.begin(from("wang", "203.0.113.9", true), now), 0) << "the device is known";
  EXPECT_EQ(lockout.begin(from("wang", "198.51.100.1"), now), 0) << "elsewhere";
  EXPECT_EQ(lockout.begin(from("li", "203.0.113.9"), now), 0) << "another name";
}

TEST(Lockout, ManyNamesFromOneAddressAreSlowedToo) {
  Lockout lockout;
  int made = 0;
  for (int name = 0; name < 1'000; ++name) {
    if (lockout.begin(from("name" + std::to_string(name), "203.0.113.9"), kNow) == 0) ++made;
  }
  EXPECT_EQ(made, kFreeOfAddress);
}

TEST(Lockout, SuccessForgetsTheNameAndTimeForgetsAll) {
  Lockout lockout;
  const AttemptKeys keys = from("wang", "203.0.113.9");
  for (int i = 0; i < kFreeOfName; ++i) EXPECT_EQ(lockout.begin(keys, kNow), 0);
  EXPECT_GT(lockout.begin(keys, kNow), 0);
  EXPECT_EQ(lockout.begin(keys, kNow + kForgottenAfterMs), 0);
  lockout.succeeded(keys);
  for (int i = 0; i < kFreeOfName; ++i) {
    EXPECT_EQ(lockout.begin(keys, kNow + kForgottenAfterMs), 0);
    if (i < 2) lockout.withdraw(keys);
  }
  EXPECT_EQ(lockout.begin(keys, kNow + kForgottenAfterMs), 0) << "two were withdrawn";
}

TEST(Lockout, ManyAtOnceGainNothing) {
  Lockout lockout;
  std::atomic<int> made{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) made += lockout.begin(from("wang", "203.0.113.9"), kNow) == 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, kFreeOfName);
}

TEST(Lockout, AFloodOfNamesDoesNotWashOutTheLatest) {
  Lockout lockout;
  const AttemptKeys keys = from("wang", "203.0.113.9");
  std::int64_t now = kNow;
  const auto flood = [&](std::size_t names) {
    for (std::size_t i = 0; i < names; ++i, ++now) {
      const std::string name = std::to_string(now);
      lockout.begin(from(name, "2001:db8:" + name), now);
    }
  };
  flood(Lockout::kMaxKeys / 2 - 5);
  for (int i = 0; i < kFreeOfName; ++i) EXPECT_EQ(lockout.begin(keys, now), 0);
  flood(500);
  EXPECT_GT(lockout.begin(keys, now), 0);
}

}  // namespace
}  // namespace jishi::identity
