#include "base/money.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace jishi {

namespace {

constexpr std::size_t kWholeDigits = 15;
constexpr std::string_view kYuanSigns[] = {"¥", "￥"};
constexpr std::string_view kYuanWord = "元";

bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool drop_sign_of_minus(std::string_view& text) {
  if (!text.starts_with('-')) return false;
  text.remove_prefix(1);
  return true;
}

/// The digits of `1,234,567` or `1234567`; nothing when a separator stands where none belongs.
std::optional<std::string> whole_digits(std::string_view text) {
  std::string digits;
  const std::size_t first = text.find(',');
  if (first == text.npos) {
    digits = text;
  } else {
    if (first == 0 || first > 3) return std::nullopt;
    digits = text.substr(0, first);
    for (text.remove_prefix(first); !text.empty(); text.remove_prefix(4)) {
      if (text.size() < 4 || text[0] != ',') return std::nullopt;
      digits += text.substr(1, 3);
    }
  }
  if (!are_digits(digits)) return std::nullopt;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() > kWholeDigits) return std::nullopt;
  return digits;
}

}  // namespace

std::optional<std::int64_t> cents_of_yuan(std::string_view written) {
  const std::string folded = to_half_width(without_blanks(written));
  std::string_view text = folded;
  bool negative = drop_sign_of_minus(text);
  for (const auto sign : kYuanSigns) {
    if (!text.starts_with(sign)) continue;
    text.remove_prefix(sign.size());
    negative = drop_sign_of_minus(text) || negative;
    break;
  }
  if (text.ends_with(kYuanWord)) text.remove_suffix(kYuanWord.size());

  const std::size_t point = text.find('.');
  std::string_view decimals = point == text.npos ? std::string_view() : text.substr(point + 1);
  if (text.empty() || (point != text.npos && decimals.empty())) return std::nullopt;
  if (!are_digits(decimals) || decimals.size() > 2) return std::nullopt;
  const auto whole = whole_digits(text.substr(0, point));
  if (!whole) return std::nullopt;

  std::string digits = *whole;
  digits += decimals;
  digits.append(2 - decimals.size(), '0');
  std::int64_t cents = 0;
  for (const char c : digits) cents = cents * 10 + (c - '0');
  return negative ? -cents : cents;
}

std::string yuan_of_cents(std::int64_t cents) {
  const auto amount =
      cents < 0 ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
  return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", amount / 100, amount % 100);
}

}  // namespace jishi
