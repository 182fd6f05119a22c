#include "platform/crypto/password.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "platform/crypto/secret.hpp"

namespace jishi::crypto {
namespace {

constexpr PasswordCost kCheap{1, 8192};

TEST(PasswordHasher, KnowsOnlyThePasswordItHashed) {
  PasswordHasher hasher(kCheap);
  const std::string hash = *hasher.hash("红旗渠的水流过太行山");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << hash;
  EXPECT_EQ(*hasher.check(hash, "红旗渠的水流过太行"), PasswordVerdict::wrong);
  EXPECT_EQ(*hasher.check(hash, ""), PasswordVerdict::wrong);
  EXPECT_EQ(*hasher.check("no hash", "红旗渠的水流过太行山"), PasswordVerdict::wrong);
  EXPECT_EQ(*hasher.check(hash, "红旗渠的水流过太行山"), PasswordVerdict::right);
  EXPECT_NE(*hasher.hash("红旗渠的水流过太行山"), hash) << "the salt is its own";
  EXPECT_EQ(*hasher.check_nobody("红旗渠的水流过太行山"), PasswordVerdict::wrong);
}

TEST(PasswordHasher, TheCostIsTheOneThatWasDecidedAndAnOlderOneIsSeen) {
  PasswordHasher cheap(kCheap);
  PasswordHasher usual;
  const std::string older = *cheap.hash("correct horse battery");
  EXPECT_EQ(*usual.check(older, "correct horse battery"), PasswordVerdict::right_at_another_cost);
  EXPECT_EQ(*usual.check(older, "incorrect horse"), PasswordVerdict::wrong);
  EXPECT_TRUE(usual.hash("x")->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST(PasswordHasher, RefusesWhoeverComesWhenTooManyWait) {
  PasswordHasher hasher(PasswordCost{4, std::size_t{8} * 1024 * 1024});
  std::atomic<int> done{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> people;
  for (int person = 0; person < PasswordHasher::kMaxWaiting * 2; ++person) {
    people.emplace_back([&] {
      const auto hash = hasher.hash("one of many");
      ++(hash ? done : refused);
      if (!hash) {
        EXPECT_EQ(hash.error().code, "crypto.passwords_busy");
      }
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_GT(refused, 0);
  EXPECT_GE(done, PasswordHasher::kMaxWaiting);
  EXPECT_TRUE(hasher.hash("after the rush").has_value());
}

TEST(EqualSecrets, SeesEveryDifference) {
  EXPECT_TRUE(equal_secrets("abc", "abc"));
  EXPECT_TRUE(equal_secrets("", ""));
  for (const char* other : {"", "ab", "abcd", "abd", "bbc", "aBc"}) {
    EXPECT_FALSE(equal_secrets("abc", other)) << other;
  }
  EXPECT_EQ(random_bytes(32).size(), 32U);
  EXPECT_NE(random_bytes(32), random_bytes(32));
}

}  // namespace
}  // namespace jishi::crypto
