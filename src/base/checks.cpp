#include "base/checks.hpp"

#include <algorithm>
#include <array>

namespace jishi {

namespace {

constexpr std::size_t kBody = 17;  // signs before the check sign, in both codes

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

unsigned number_in(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

}  // namespace

char citizen_id_check_digit(std::string_view digits) {
  constexpr std::array<unsigned, kBody> kWeights = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                    3, 7, 9,  10, 5, 8, 4, 2};
  unsigned sum = 0;
  for (std::size_t i = 0; i < kBody; ++i)
    sum += static_cast<unsigned>(digits[i] - '0') * kWeights[i];
  return "10X98765432"[sum % 11];
}

std::optional<Date> birth_of_citizen_id(std::string_view id) {
  if (id.size() < 14 || !std::all_of(id.begin() + 6, id.begin() + 14, is_digit))
    return std::nullopt;
  return make_date(static_cast<int>(number_in(id.substr(6, 4))), number_in(id.substr(10, 2)),
                   number_in(id.substr(12, 2)));
}

bool is_citizen_id(std::string_view id) {
  return id.size() == kBody + 1 && std::all_of(id.begin(), id.begin() + kBody, is_digit) &&
         birth_of_citizen_id(id) && id[kBody] == citizen_id_check_digit(id);
}

Sex sex_of_citizen_id(std::string_view id) {
  return (id[16] - '0') % 2 == 1 ? Sex::male : Sex::female;
}

std::optional<char> credit_code_check_sign(std::string_view signs) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  constexpr std::array<std::size_t, kBody> kWeights = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                       29, 25, 13, 8,  24, 10, 30, 28};
  if (signs.size() < kBody) return std::nullopt;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < kBody; ++i) {
    const std::size_t value = kAlphabet.find(signs[i]);
    if (value == kAlphabet.npos) return std::nullopt;
    sum += value * kWeights[i];
  }
  return kAlphabet[(31 - sum % 31) % 31];
}

bool one_slip_apart(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  if (other.size() - one.size() > 1) return false;
  const std::size_t at = static_cast<std::size_t>(
      std::mismatch(one.begin(), one.end(), other.begin()).first - one.begin());
  if (one.size() < other.size()) return one.substr(at) == other.substr(at + 1);
  if (at == one.size()) return true;
  if (one.substr(at + 1) == other.substr(at + 1)) return true;
  return at + 1 < one.size() && one[at] == other[at + 1] && one[at + 1] == other[at] &&
         one.substr(at + 2) == other.substr(at + 2);
}

bool is_credit_code(std::string_view code) {
  return code.size() == kBody + 1 && credit_code_check_sign(code) == code[kBody];
}

}  // namespace jishi
