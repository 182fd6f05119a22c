// What holds for every expression and every number, tried on random ones.
#include <rapidcheck/gtest.h>

#include "base/feel/tests/cases.hpp"

namespace jishi::feel {
namespace {

Decimal any_decimal() {
  return Decimal::scaled(*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000),
                         *rc::gen::inRange(-8, 8));
}

RC_GTEST_PROP(DecimalLaws, AdditionAndMultiplicationCommute, ()) {
  const Decimal a = any_decimal();
  const Decimal b = any_decimal();
  RC_ASSERT(*(a + b) == *(b + a));
  RC_ASSERT(*(a * b) == *(b * a));
  RC_ASSERT(*(*(a + b) - b) == a);
}

RC_GTEST_PROP(DecimalLaws, TextsReadBack, ()) {
  const Decimal a = any_decimal();
  RC_ASSERT(*Decimal::parse(a.text()) == a);
}

RC_GTEST_PROP(DecimalLaws, ModuloIsWhatTheTextSays, ()) {
  const Decimal a = *rc::gen::inRange<std::int64_t>(-100'000, 100'000);
  const Decimal b = *rc::gen::inRange<std::int64_t>(1, 1000) * *rc::gen::element(-1, 1);
  const Decimal floor = (a / b)->rounded(0, Rounding::floor);
  RC_ASSERT(*modulo(a, b) == *(a - *(b * floor)));
}

RC_GTEST_PROP(DecimalLaws, RoundingStaysWithinOneUnit, ()) {
  const Decimal a = any_decimal();
  const int scale = *rc::gen::inRange(-3, 6);
  const auto mode =
      *rc::gen::element(Rounding::half_even, Rounding::half_up, Rounding::half_down, Rounding::up,
                        Rounding::down, Rounding::floor, Rounding::ceiling);
  const Decimal difference = (a.rounded(scale, mode) - a)->absolute();
  RC_ASSERT(difference < Decimal::scaled(1, -scale));
}

RC_GTEST_PROP(TemporalLaws, DaysAndCivilDatesAgree, ()) {
  const CalendarDate date{*rc::gen::inRange<std::int64_t>(-300'000'000'000, 300'000'000'000)};
  RC_ASSERT(*make_calendar_date(civil_of(date)) == date);
  RC_ASSERT(*parse_calendar_date(text_of(date)) == date);
  RC_ASSERT(weekday_of({date.days + 7}) == weekday_of(date));
}

RC_GTEST_PROP(TemporalLaws, DurationsReadBack, ()) {
  const DaysAndTime days{
      *rc::gen::inRange<std::int64_t>(-1'000'000'000'000'000, 1'000'000'000'000'000)};
  RC_ASSERT(*parse_days_and_time(text_of(days)) == days);
  const YearsAndMonths months{*rc::gen::inRange<std::int64_t>(-100'000, 100'000)};
  RC_ASSERT(*parse_years_and_months(text_of(months)) == months);
}

// A random expression, `depth` levels of forms at most.
std::string any_expression(int depth) {
  const auto below = [depth] { return any_expression(depth - 1); };
  switch (depth <= 0 ? *rc::gen::inRange(0, 5) : *rc::gen::inRange(0, 18)) {
    case 0: return std::to_string(*rc::gen::inRange(0, 100));
    case 1: return "\"text\"";
    case 2: return *rc::gen::element<std::string>("true", "false", "null");
    case 3: return *rc::gen::element<std::string>("known name", "x", "?");
    case 4: return *rc::gen::element<std::string>("@\"2026-01-01\"", "@\"P1M\"", "[]", "{}");
    case 5: return below() + " + " + below();
    case 6: return below() + " ** " + below();
    case 7: return below() + " <= " + below();
    case 8: return below() + " and " + below();
    case 9: return "if " + below() + " then " + below() + " else " + below();
    case 10: return "for i in [" + below() + "] return " + below();
    case 11: return "[" + below() + ", " + below() + "][" + below() + "]";
    case 12: return "{a: " + below() + ", b c: a}.b c";
    case 13: return "max(" + below() + ", " + below() + ")";
    case 14: return "(function(y: number) y)(" + below() + ")";
    case 15: return "((" + below() + ") in (< (" + below() + "), 3))";
    case 16: return "(" + below() + ") instance of list<number>";
    default: return "some i in [1, 2] satisfies " + below();
  }
}

RC_GTEST_PROP(FeelLaws, PrintedTreesParseToThemselves, ()) {
  Known known;
  known.variables.add("known name");
  known.variables.add("x");
  const std::string text = any_expression(4);
  const auto first = Expression::read(text, known);
  RC_ASSERT(first.has_value());
  const std::string printed = text_of(first->syntax());
  const auto second = Expression::read(printed, known);
  RC_ASSERT(second.has_value());
  RC_ASSERT(text_of(second->syntax()) == printed);
  const Value context = Value::context({{"known name", Value(1)}, {"x", Value("y")}});
  RC_ASSERT(literal_of(first->evaluate(context, test_clock()).value) ==
            literal_of(second->evaluate(context, test_clock()).value));
}

RC_GTEST_PROP(FeelLaws, ValuesAreTheirLiterals, ()) {
  const auto first = Expression::read(any_expression(3), {})->evaluate({}, test_clock()).value;
  RC_PRE(!first.function());
  const auto second = Expression::read(literal_of(first), {})->evaluate({}, test_clock()).value;
  RC_ASSERT(literal_of(second) == literal_of(first));
}

}  // namespace
}  // namespace jishi::feel
