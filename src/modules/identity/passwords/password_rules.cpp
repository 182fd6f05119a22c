#include "modules/identity/passwords/password_rules.hpp"

#include <set>

#include "base/text.hpp"

namespace jishi::identity {

namespace {

constexpr std::size_t kMinDistinct = 5;
constexpr std::size_t kMinLoginWithin = 4;

// Among the first that are tried, as fold_code() leaves them. Shorter ones are too short anyway.
constexpr std::array<std::string_view, 22> kCommonest{
    "123456789012",     "1234567890123",     "12345678901234",       "0123456789AB",
    "1234567890QWE",    "QWERTYUIOP12",      "QWERTYUIOP123",        "QWERTYUIOPASDF",
    "1QAZ2WSX3EDC",     "1QAZ2WSX3EDC4RFV",  "PASSWORD1234",         "PASSWORD12345",
    "PASSWORDPASSWORD", "ADMINISTRATOR",     "ADMIN1234567",         "ADMIN123456789",
    "ABCDEFGHIJKL",     "ABCD12345678",      "为人民服务为人民服务", "不忘初心牢记使命",
    "中国共产党万岁",   "社会主义核心价值观"};

std::size_t weight_of(std::string_view text) {
  std::size_t weight = 0;
  while (!text.empty()) {
    const CodePoint sign = first_code_point(text);
    weight += sign.value < 0x80 ? 1 : 2;
    text.remove_prefix(sign.length);
  }
  return weight;
}

std::size_t count_distinct(std::string_view text) {
  std::set<char32_t> signs;
  while (!text.empty()) {
    const CodePoint sign = first_code_point(text);
    signs.insert(sign.value);
    text.remove_prefix(sign.length);
  }
  return signs.size();
}

}  // namespace

std::optional<Error> refuse_password(std::string_view password, std::string_view login) {
  if (password.size() > kMaxPasswordBytes) {
    return fail(ErrorKind::invalid, "identity.password_long",
                {{"most", std::to_string(kMaxPasswordBytes)}});
  }
  if (weight_of(password) < kMinPassword) {
    return fail(ErrorKind::invalid, "identity.password_short",
                {{"least", std::to_string(kMinPassword)}});
  }
  const std::string folded = fold_code(password);
  const std::string name = fold_code(login);
  if (folded == name ||
      (count_code_points(name) >= kMinLoginWithin && folded.find(name) != folded.npos)) {
    return fail(ErrorKind::invalid, "identity.password_like_login");
  }
  const bool common = std::find(kCommonest.begin(), kCommonest.end(), folded) != kCommonest.end();
  if (common || count_distinct(folded) < kMinDistinct) {
    return fail(ErrorKind::invalid, "identity.password_common");
  }
  return std::nullopt;
}

}  // namespace jishi::identity
