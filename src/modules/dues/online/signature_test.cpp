#include "modules/dues/online/signature.hpp"

#include <gtest/gtest.h>

namespace jishi::dues {
namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;

// Reckoned with another program: printf '1800000000000\nabc-1\n{"order":"7"}' |
// openssl dgst -sha256 -hmac 'the secret'
constexpr std::string_view kSignature =
    "62b149f27afeba8e0d048a287b8a8d4e0f9990819163b9656ca88da4352b0ddc";

TEST(Signature, IsThatOfAnotherProgram) {
  const Signed what{"1800000000000", "abc-1", R"({"order":"7"})"};
  EXPECT_EQ(signature_of("the secret", what), kSignature);
  EXPECT_TRUE(is_signed("the secret", what, kSignature, kNow));
}

TEST(Signature, Table) {
  struct Case {
    std::string_view what;
    std::string secret = "the secret";
    std::string time = "1800000000000";
    std::string nonce = "abc-1";
    std::string body = R"({"order":"7"})";
    std::string signature = std::string(kSignature);
    std::int64_t now = kNow;
    bool holds = false;
  };
  const auto changed = [](std::string_view what, auto change) {
    Case one{what};
    change(one);
    return one;
  };
  const Case cases[] = {
      changed("as it was signed", [](Case& one) { one.holds = true; }),
      changed("five minutes old",
              [](Case& one) {
                one.now = kNow + kNoticeHoldsMs;
                one.holds = true;
              }),
      changed("older", [](Case& one) { one.now = kNow + kNoticeHoldsMs + 1; }),
      changed("of a clock that goes before",
              [](Case& one) {
                one.now = kNow - kNoticeHoldsMs;
                one.holds = true;
              }),
      changed("too far before", [](Case& one) { one.now = kNow - kNoticeHoldsMs - 1; }),
      changed("another secret", [](Case& one) { one.secret = "the secret "; }),
      changed("no secret", [](Case& one) { one.secret = ""; }),
      changed("another body", [](Case& one) { one.body = R"({"order":"8"})"; }),
      changed("a longer body", [](Case& one) { one.body += ' '; }),
      changed("another time", [](Case& one) { one.time = "1800000000001"; }),
      changed("no time", [](Case& one) { one.time = ""; }),
      changed("a time in words", [](Case& one) { one.time = "1800000000000ms"; }),
      changed("another nonce", [](Case& one) { one.nonce = "abc-2"; }),
      changed("no nonce", [](Case& one) { one.nonce = ""; }),
      changed("a nonce of two lines", [](Case& one) { one.nonce = "abc\n1"; }),
      changed("a long nonce", [](Case& one) { one.nonce = std::string(kMostNonce + 1, 'a'); }),
      changed("no signature", [](Case& one) { one.signature = ""; }),
      changed("a part of it", [](Case& one) { one.signature.pop_back(); }),
      changed("another signature", [](Case& one) { one.signature[0] ^= 1; }),
  };
  for (const Case& one : cases) {
    EXPECT_EQ(is_signed(one.secret, {one.time, one.nonce, one.body}, one.signature, one.now),
              one.holds)
        << one.what;
  }
}

TEST(Signature, NothingIsSignedWithAnEmptySecret) {
  const Signed what{"1800000000000", "abc-1", ""};
  EXPECT_FALSE(is_signed("", what, signature_of("", what), kNow));
}

}  // namespace
}  // namespace jishi::dues
