// Numeric functions (DMN 1.5, table 77).
#include "base/feel/arithmetic.hpp"
#include "base/feel/library.hpp"

namespace jishi::feel {

namespace {

// The range of a number's scale.
constexpr std::int64_t kSmallestScale = -6111;
constexpr std::int64_t kLargestScale = 6176;

Value rounded(const Invocation& call, Rounding mode) {
  std::int64_t scale = 0;
  if (!call[1].is_null()) {
    const auto whole = call.number(1).rounded(0, Rounding::down).to_int64();
    if (!whole || *whole < kSmallestScale || *whole > kLargestScale) return call.fail("feel.scale");
    scale = *whole;
  }
  return call.number(0).rounded(static_cast<int>(scale), mode);
}

Value decimal(const Invocation& call) {
  return rounded(call, Rounding::half_even);
}
Value floor(const Invocation& call) {
  return rounded(call, Rounding::floor);
}
Value ceiling(const Invocation& call) {
  return rounded(call, Rounding::ceiling);
}
Value round_up(const Invocation& call) {
  return rounded(call, Rounding::up);
}
Value round_down(const Invocation& call) {
  return rounded(call, Rounding::down);
}
Value round_half_up(const Invocation& call) {
  return rounded(call, Rounding::half_up);
}
Value round_half_down(const Invocation& call) {
  return rounded(call, Rounding::half_down);
}

Value absolute(const Invocation& call) {
  return call.number(0).absolute();
}
Value absolute_duration(const Invocation& call) {
  const auto* days = call[0].as<DaysAndTime>();
  const bool negative =
      days != nullptr ? days->nanoseconds < 0 : call[0].as<YearsAndMonths>()->months < 0;
  return negative ? *negated(call[0]) : call[0];
}

Value result_of(const Invocation& call, const std::optional<Decimal>& found) {
  if (found) return *found;
  return call.fail("feel.no_result");
}

Value remainder(const Invocation& call) {
  return result_of(call, modulo(call.number(0), call.number(1)));
}
Value root(const Invocation& call) {
  return result_of(call, call.number(0).square_root());
}
Value logarithm(const Invocation& call) {
  return result_of(call, call.number(0).natural_logarithm());
}
Value exponential(const Invocation& call) {
  return result_of(call, call.number(0).exponential());
}

Value odd(const Invocation& call) {
  const auto rest = modulo(call.number(0), 2);
  return rest && *rest == Decimal(1);
}
Value even(const Invocation& call) {
  const auto rest = modulo(call.number(0), 2);
  return rest && rest->is_zero();
}

}  // namespace

void add_number_functions(Library& library) {
  library.add("decimal(n: number, scale: number)", decimal);
  library.add("floor(n: number, scale: number?)", floor);
  library.add("ceiling(n: number, scale: number?)", ceiling);
  library.add("round up(n: number, scale: number)", round_up);
  library.add("round down(n: number, scale: number)", round_down);
  library.add("round half up(n: number, scale: number)", round_half_up);
  library.add("round half down(n: number, scale: number)", round_half_down);
  library.add("abs(n: number)", absolute);
  library.add("abs(n: days and time duration)", absolute_duration);
  library.add("abs(n: years and months duration)", absolute_duration);
  library.add("modulo(dividend: number, divisor: number)", remainder);
  library.add("sqrt(number: number)", root);
  library.add("log(number: number)", logarithm);
  library.add("exp(number: number)", exponential);
  library.add("odd(number: number)", odd);
  library.add("even(number: number)", even);
}

}  // namespace jishi::feel
