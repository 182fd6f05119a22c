#pragma once
// Decimal numbers of 34 digits (IEEE 754-2008 decimal128): what FEEL counts in. There is no
// infinity and no not-a-number: an operation without a result returns nothing.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jishi {

/// How a number is brought to fewer digits. `up` is away from zero, `down` towards it; `floor` and
/// `ceiling` go towards minus and plus infinity.
enum class Rounding { half_even, half_up, half_down, up, down, floor, ceiling };

class Decimal {
 public:
  Decimal();
  Decimal(std::int64_t whole);  // NOLINT(google-explicit-constructor)

  /// Reads `12`, `-0.5`, `.5`, `1e-3`; more than 34 digits are rounded half to even. Nothing when
  /// the text is no number or the number is out of range.
  static std::optional<Decimal> parse(std::string_view text);
  /// `coefficient` × 10^`exponent`.
  static Decimal scaled(std::int64_t coefficient, int exponent);

  /// The shortest plain form (`12.5`, `1000`); very large and very small ones as `1E+40`.
  std::string text() const;
  /// The number, if it is whole and fits.
  std::optional<std::int64_t> to_int64() const;
  double to_double() const;

  bool is_zero() const;
  bool is_negative() const;  // false for zero
  bool is_whole() const;

  Decimal negated() const;
  Decimal absolute() const;
  /// The number with `scale` digits behind the point (before it, when negative). A number that has
  /// no more digits than that stays as it is.
  Decimal rounded(int scale, Rounding mode) const;

  std::optional<Decimal> square_root() const;
  std::optional<Decimal> natural_logarithm() const;
  std::optional<Decimal> exponential() const;

  friend std::optional<Decimal> operator+(const Decimal& left, const Decimal& right);
  friend std::optional<Decimal> operator-(const Decimal& left, const Decimal& right);
  friend std::optional<Decimal> operator*(const Decimal& left, const Decimal& right);
  friend std::optional<Decimal> operator/(const Decimal& left, const Decimal& right);
  friend bool operator==(const Decimal& left, const Decimal& right);
  friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);

 private:
  using Words = std::array<std::uint64_t, 2>;
  explicit Decimal(Words words) : words_(words) {}

  friend struct DecimalBits;
  Words words_;
};

/// `base` to the power of `exponent`; repeated products where the exponent is whole.
std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);

/// What is left of `dividend` behind whole multiples of `divisor`; has the divisor's sign.
std::optional<Decimal> modulo(const Decimal& dividend, const Decimal& divisor);

}  // namespace jishi
