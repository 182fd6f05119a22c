#include "modules/identity/passwords/password_rules.hpp"

#include <gtest/gtest.h>

namespace jishi::identity {
namespace {

TEST(RefusePassword, Table) {
  const std::string too_long(257, 'x');
  std::string long_enough(128, 'x');
  for (const char sign : {'w', 'y', 'z', 'a', 'b'}) long_enough.push_back(sign);
  const struct {
    std::string_view password;
    const char* login;
    const char* verdict;
  } cases[] = {
      {"", "wang", "identity.password_short"},
      {"abcdefghij1", "wang", "identity.password_short"},
      {"红旗渠水长", "wang", "identity.password_short"},
      {too_long, "wang", "identity.password_long"},
      {"wangxiaoming", "WangXiaoMing", "identity.password_like_login"},
      {"xx-Ｗang-2026-yy", "wang", "identity.password_like_login"},
      {"aaaaaaaaaaaaaaaa", "wang", "identity.password_common"},
      {"121212121212", "wang", "identity.password_common"},
      {"1234 5678 9012", "wang", "identity.password_common"},
      {"Password1234", "wang", "identity.password_common"},
      {"为人民服务为人民服务", "wang", "identity.password_common"},
      {"abcdefghij12", "wang", ""},
      {"红旗渠的水很长", "wang", ""},
      {"correct horse battery", "wang", ""},
      {"all lower without digits", "li", ""},
      {"xx-li-2026-yy-zz", "li", ""},
      {long_enough, "wang", ""},
  };
  for (const auto& [password, login, verdict] : cases) {
    const auto refusal = refuse_password(password, login);
    EXPECT_EQ(refusal ? refusal->code : "", verdict) << password;
  }
}

}  // namespace
}  // namespace jishi::identity
