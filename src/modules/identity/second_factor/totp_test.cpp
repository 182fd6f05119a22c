#include "modules/identity/second_factor/totp.hpp"

#include <gtest/gtest.h>

namespace jishi::identity {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";  // of the RFCs

TEST(Totp, VectorsOfRfc6238) {
  const std::pair<std::int64_t, const char*> vectors[] = {{59, "94287082"},
                                                          {1'111'111'109, "07081804"},
                                                          {1'111'111'111, "14050471"},
                                                          {1'234'567'890, "89005924"},
                                                          {2'000'000'000, "69279037"},
                                                          {20'000'000'000, "65353130"}};
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(code_at(kSecret, seconds * 1000 / kStepMs, 8), code) << seconds;
  }
}

TEST(Totp, VectorsOfRfc4226) {
  const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                         "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t step = 0; step < 10; ++step) EXPECT_EQ(code_at(kSecret, step), codes[step]);
}

TEST(Totp, TakesACodeOfAStepBesideNowAndNoneTwice) {
  const std::int64_t now = 1'000 * kStepMs + 12'345;
  for (const std::int64_t step : {999, 1'000, 1'001}) {
    EXPECT_EQ(step_of_code(kSecret, code_at(kSecret, step), now, 0), step);
    EXPECT_EQ(step_of_code(kSecret, code_at(kSecret, step), now, step), std::nullopt) << "twice";
    EXPECT_EQ(step_of_code(kSecret, code_at(kSecret, step), now, step - 1), step);
  }
  EXPECT_EQ(step_of_code(kSecret, code_at(kSecret, 998), now, 0), std::nullopt);
  EXPECT_EQ(step_of_code(kSecret, code_at(kSecret, 1'002), now, 0), std::nullopt);
  EXPECT_EQ(step_of_code("another secret", code_at(kSecret, 1'000), now, 0), std::nullopt);
  for (const char* wrong : {"", "0", "12345", "1234567", "abcdef"}) {
    EXPECT_EQ(step_of_code(kSecret, wrong, now, 0), std::nullopt) << wrong;
  }
}

TEST(Base32, VectorsOfRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : vectors) EXPECT_EQ(base32(bytes), text);
}

TEST(OtpauthUri, EncodesNames) {
  EXPECT_EQ(otpauth_uri("foobar", "王 a@b", "基石"),
            "otpauth://totp/%E5%9F%BA%E7%9F%B3:%E7%8E%8B%20a%40b?secret=MZXW6YTBOI&issuer="
            "%E5%9F%BA%E7%9F%B3&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace jishi::identity
