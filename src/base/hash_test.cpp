#include "base/hash.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <thread>
#include <vector>

namespace jishi {
namespace {

TEST(Hash, KnownValuesOfFips180) {
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hash, PiecesAreOneText) {
  EXPECT_EQ(sha256("a", "b", "c"), sha256("abc"));
  EXPECT_EQ(sha256("", "abc"), sha256("ab", "", "c"));
}

TEST(Hash, ThreadsDoNotDisturbEachOther) {
  const Hash expected = sha256("abc");
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (int& mine : wrong) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2'000; ++i) mine += sha256("a", "bc") == expected ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(Hex, ComesBackAndRefusesTheRest) {
  EXPECT_TRUE(
      rc::check([](const std::string& bytes) { RC_ASSERT(from_hex(to_hex(bytes)) == bytes); }));
  EXPECT_EQ(from_hex("0aFf"), std::string("\x0a\xff"));
  EXPECT_EQ(from_hex("0"), "");
  EXPECT_EQ(from_hex("0g"), "");
  EXPECT_EQ(hash_of("short"), Hash{});
  EXPECT_EQ(hash_of(bytes_of(sha256("x"))), sha256("x"));
}

}  // namespace
}  // namespace jishi
