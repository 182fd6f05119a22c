#include "base/decimal/decimal.hpp"

// How Debian's library is built (libbidgcc000): by value, rounding and flags as parameters. Its
// header leaves these words to whoever includes it.
// NOLINTBEGIN(bugprone-reserved-identifier)
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#define _RND_MODE_PARAM , unsigned rounding
#define _EXC_FLAGS_PARAM , unsigned* flags
#define _EXC_MASKS_PARAM
#define _EXC_INFO_PARAM
using _IDEC_flags = unsigned;
using _IDEC_round = unsigned;
using _IDEC_exceptionmasks = unsigned;
using _IDEC_excepthandling = unsigned;
#include <bid_conf.h>
// Its names are macros of the file before it.
#include <bid_functions.h>
// NOLINTEND(bugprone-reserved-identifier)

#include <bit>
#include <charconv>

namespace jishi {

/// The library's form of a number, and back.
struct DecimalBits {
  static BID_UINT128 of(const Decimal& number) { return std::bit_cast<BID_UINT128>(number.words_); }
  static Decimal exactly(BID_UINT128 bits) { return Decimal(std::bit_cast<Decimal::Words>(bits)); }
  static std::optional<Decimal> finite(BID_UINT128 bits) {
    if (bid128_isInf(bits) != 0 || bid128_isNaN(bits) != 0) return std::nullopt;
    return exactly(bits);
  }
};

namespace {

constexpr unsigned kHalfEven = 0;  // BID_ROUNDING_TO_NEAREST
constexpr unsigned kFloor = 1;
constexpr unsigned kCeiling = 2;
constexpr unsigned kDown = 3;
constexpr unsigned kHalfUp = 4;
// The most digits, zeros included, that are written without an exponent.
constexpr int kPlainDigits = 40;
constexpr std::size_t kLongestText = 8192;
// Beyond this power every number but 0, 1 and -1 has left the range.
constexpr std::int64_t kLargestPower = 1'000'000;

BID_UINT128 of(const Decimal& number) {
  return DecimalBits::of(number);
}

// Sign, digits without leading or trailing zeros, and the power of ten of the last digit.
struct Parts {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

Parts parts_of(const Decimal& number) {
  unsigned flags = 0;
  std::array<char, 64> buffer{};
  bid128_to_string(buffer.data(), of(number), &flags);
  const std::string_view text(buffer.data());
  const auto mark = text.find('E');
  Parts parts;
  parts.negative = text.front() == '-';
  parts.digits = text.substr(1, mark - 1);
  auto power = text.substr(mark + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  std::from_chars(power.data(), power.data() + power.size(), parts.exponent);
  const auto first = parts.digits.find_first_not_of('0');
  if (first == std::string::npos) return Parts{};
  parts.digits.erase(0, first);
  while (parts.digits.back() == '0') {
    parts.digits.pop_back();
    ++parts.exponent;
  }
  return parts;
}

bool is_number(std::string_view text) {
  std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  std::size_t found = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    const std::size_t fraction = digits();
    if (fraction == 0) return false;
    found += fraction;
  }
  if (found == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

std::optional<Decimal> whole_power(Decimal base, std::int64_t exponent) {
  Decimal result(1);
  for (std::int64_t left = exponent < 0 ? -exponent : exponent; left > 0; left /= 2) {
    if (left % 2 != 0) {
      const auto product = result * base;
      if (!product) return std::nullopt;
      result = *product;
    }
    if (left == 1) break;
    const auto square = base * base;
    if (!square) return std::nullopt;
    base = *square;
  }
  return exponent < 0 ? Decimal(1) / result : result;
}

}  // namespace

Decimal::Decimal() : Decimal(std::int64_t{0}) {
}

Decimal::Decimal(std::int64_t whole) : words_(std::bit_cast<Words>(bid128_from_int64(whole))) {
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  if (text.size() > kLongestText || !is_number(text)) return std::nullopt;
  std::string copy(text);
  unsigned flags = 0;
  return DecimalBits::finite(bid128_from_string(copy.data(), kHalfEven, &flags));
}

Decimal Decimal::scaled(std::int64_t coefficient, int exponent) {
  unsigned flags = 0;
  return DecimalBits::exactly(
      bid128_scalbn(bid128_from_int64(coefficient), exponent, kHalfEven, &flags));
}

std::string Decimal::text() const {
  const Parts parts = parts_of(*this);
  if (parts.digits.empty()) return "0";
  std::string text = parts.negative ? "-" : "";
  const int length = static_cast<int>(parts.digits.size());
  const int before = length + parts.exponent;  // digits before the point
  if (before > kPlainDigits || parts.exponent < -kPlainDigits) {
    text += parts.digits.front();
    if (length > 1) text += "." + parts.digits.substr(1);
    return text + (before > 0 ? "E+" : "E") + std::to_string(before - 1);
  }
  if (parts.exponent >= 0) {
    return text + parts.digits + std::string(static_cast<std::size_t>(parts.exponent), '0');
  }
  if (before <= 0) {
    return text + "0." + std::string(static_cast<std::size_t>(-before), '0') + parts.digits;
  }
  const auto point = static_cast<std::size_t>(before);
  return text + parts.digits.substr(0, point) + "." + parts.digits.substr(point);
}

std::optional<std::int64_t> Decimal::to_int64() const {
  unsigned flags = 0;
  const BID_SINT64 whole = bid128_to_int64_xint(of(*this), &flags);
  if (flags != 0) return std::nullopt;  // not whole, or too large
  return whole;
}

double Decimal::to_double() const {
  unsigned flags = 0;
  return bid128_to_binary64(of(*this), kHalfEven, &flags);
}

bool Decimal::is_zero() const {
  return bid128_isZero(of(*this)) != 0;
}

bool Decimal::is_negative() const {
  return bid128_isSigned(of(*this)) != 0 && !is_zero();
}

bool Decimal::is_whole() const {
  unsigned flags = 0;
  const auto whole = bid128_round_integral_zero(of(*this), &flags);
  return bid128_quiet_equal(whole, of(*this), &flags) != 0;
}

Decimal Decimal::negated() const {
  return is_zero() ? *this : DecimalBits::exactly(bid128_negate(of(*this)));
}

Decimal Decimal::absolute() const {
  return DecimalBits::exactly(bid128_abs(of(*this)));
}

Decimal Decimal::rounded(int scale, Rounding mode) const {
  const bool negative = is_negative();
  unsigned rounding = kHalfEven;
  switch (mode) {
    case Rounding::half_even: rounding = kHalfEven; break;
    case Rounding::half_up: rounding = kHalfUp; break;
    case Rounding::half_down: rounding = kDown; break;
    case Rounding::up: rounding = negative ? kFloor : kCeiling; break;
    case Rounding::down: rounding = kDown; break;
    case Rounding::floor: rounding = kFloor; break;
    case Rounding::ceiling: rounding = kCeiling; break;
  }
  unsigned flags = 0;
  const auto unit = of(scaled(1, -scale));
  const auto bits = bid128_quantize(of(*this), unit, rounding, &flags);
  if (bid128_isNaN(bits) != 0) return *this;  // already coarser than 34 digits at that place
  const Decimal cut = DecimalBits::exactly(bits);
  if (mode != Rounding::half_down) return cut;
  const auto rest = (*this - cut).value_or(Decimal()).absolute();
  if (rest <= scaled(5, -scale - 1)) return cut;
  return (negative ? cut - scaled(1, -scale) : cut + scaled(1, -scale)).value_or(cut);
}

std::optional<Decimal> Decimal::square_root() const {
  if (is_negative()) return std::nullopt;
  unsigned flags = 0;
  return DecimalBits::finite(bid128_sqrt(of(*this), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::natural_logarithm() const {
  if (is_negative() || is_zero()) return std::nullopt;
  unsigned flags = 0;
  return DecimalBits::finite(bid128_log(of(*this), kHalfEven, &flags));
}

std::optional<Decimal> Decimal::exponential() const {
  unsigned flags = 0;
  return DecimalBits::finite(bid128_exp(of(*this), kHalfEven, &flags));
}

std::optional<Decimal> operator+(const Decimal& left, const Decimal& right) {
  unsigned flags = 0;
  return DecimalBits::finite(bid128_add(of(left), of(right), kHalfEven, &flags));
}

std::optional<Decimal> operator-(const Decimal& left, const Decimal& right) {
  unsigned flags = 0;
  return DecimalBits::finite(bid128_sub(of(left), of(right), kHalfEven, &flags));
}

std::optional<Decimal> operator*(const Decimal& left, const Decimal& right) {
  unsigned flags = 0;
  return DecimalBits::finite(bid128_mul(of(left), of(right), kHalfEven, &flags));
}

std::optional<Decimal> operator/(const Decimal& left, const Decimal& right) {
  unsigned flags = 0;
  return DecimalBits::finite(bid128_div(of(left), of(right), kHalfEven, &flags));
}

bool operator==(const Decimal& left, const Decimal& right) {
  unsigned flags = 0;
  return bid128_quiet_equal(of(left), of(right), &flags) != 0;
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) {
  unsigned flags = 0;
  if (bid128_quiet_less(of(left), of(right), &flags) != 0) return std::strong_ordering::less;
  return left == right ? std::strong_ordering::equal : std::strong_ordering::greater;
}

std::optional<Decimal> power(const Decimal& base, const Decimal& exponent) {
  if (base.is_zero() && exponent.is_negative()) return std::nullopt;
  if (const auto whole = exponent.to_int64(); whole && std::abs(*whole) <= kLargestPower) {
    return whole_power(base, *whole);
  }
  unsigned flags = 0;
  return DecimalBits::finite(bid128_pow(of(base), of(exponent), kHalfEven, &flags));
}

std::optional<Decimal> modulo(const Decimal& dividend, const Decimal& divisor) {
  if (divisor.is_zero()) return std::nullopt;
  unsigned flags = 0;
  const auto rest = DecimalBits::finite(bid128_fmod(of(dividend), of(divisor), &flags));
  if (!rest || rest->is_zero() || rest->is_negative() == divisor.is_negative()) return rest;
  return *rest + divisor;
}

}  // namespace jishi
