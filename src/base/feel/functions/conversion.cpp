// Conversion functions (DMN 1.5, table 72), and `not`, `is`.
#include "base/feel/arithmetic.hpp"
#include "base/feel/compare.hpp"
#include "base/feel/evaluate.hpp"
#include "base/feel/library.hpp"
#include "base/feel/parse.hpp"

namespace jishi::feel {

namespace {

constexpr int kLargestOffset = 14 * 3600;

std::optional<int> small(const Value& value, std::int64_t lowest, std::int64_t highest) {
  const auto whole = value.number()->to_int64();
  if (!whole || *whole < lowest || *whole > highest) return std::nullopt;
  return static_cast<int>(*whole);
}

std::optional<CalendarDate> date_of(const Invocation& call, std::size_t first) {
  const auto year = small(call[first], -kLargestYear, kLargestYear);
  const auto month = small(call[first + 1], 1, 12);
  const auto day = small(call[first + 2], 1, 31);
  if (!year || !month || !day) return std::nullopt;
  return make_calendar_date({*year, *month, *day});
}

// Hour, minute and second, which may have decimals.
std::optional<std::int64_t> clock_of(const Invocation& call, std::size_t first) {
  const auto hour = small(call[first], 0, 23);
  const auto minute = small(call[first + 1], 0, 59);
  const auto nanoseconds = nanoseconds_of(call.number(first + 2));
  if (!hour || !minute || !nanoseconds) return std::nullopt;
  if (*nanoseconds < 0 || *nanoseconds >= 60 * kNanosecondsPerSecond) return std::nullopt;
  return (std::int64_t{*hour} * 60 + *minute) * 60 * kNanosecondsPerSecond +
         static_cast<std::int64_t>(*nanoseconds);
}

// An offset as a duration, a zone by its name, or none.
std::optional<Zone> zone_of(const Value& value) {
  if (value.is_null()) return Zone();
  if (const auto* name = value.text()) return Zone::region(*name);
  const Nanoseconds seconds = value.as<DaysAndTime>()->nanoseconds / kNanosecondsPerSecond;
  if (seconds > kLargestOffset || seconds < -kLargestOffset) return std::nullopt;
  return Zone::offset(static_cast<int>(seconds));
}

template <class T>
Value given(const Invocation& call, const std::optional<T>& found) {
  if (found) return Value(*found);
  return call.fail("feel.no_such_value", {{"text", text_of(call[0]).value_or("null")}});
}

Value date_from_text(const Invocation& call) {
  return given(call, parse_calendar_date(call.text(0)));
}
Value date_from_moment(const Invocation& call) {
  return call[0].as<DateAndTime>()->date;
}
Value date_itself(const Invocation& call) {
  return call[0];
}
Value date_from_parts(const Invocation& call) {
  return given(call, date_of(call, 0));
}

Value time_from_text(const Invocation& call) {
  return given(call, parse_time_of_day(call.text(0)));
}
Value time_from_moment(const Invocation& call) {
  return call[0].as<DateAndTime>()->time;
}
Value time_from_date(const Invocation&) {
  return TimeOfDay{0, Zone::offset(0)};
}
Value time_from_parts(const Invocation& call) {
  const auto clock = clock_of(call, 0);
  const auto zone = zone_of(call[3]);
  if (!clock || !zone) return given(call, std::optional<bool>());
  return TimeOfDay{*clock, *zone};
}

Value moment_from_text(const Invocation& call) {
  return given(call, parse_date_and_time(call.text(0)));
}
Value moment_from_date(const Invocation& call) {
  return DateAndTime{*call[0].as<CalendarDate>(), {}};
}
Value moment_from_date_and_time(const Invocation& call) {
  const auto* at = call[0].as<DateAndTime>();
  const CalendarDate date = at != nullptr ? at->date : *call[0].as<CalendarDate>();
  return DateAndTime{date, *call[1].as<TimeOfDay>()};
}
Value moment_from_parts(const Invocation& call) {
  const auto date = date_of(call, 0);
  const auto clock = clock_of(call, 3);
  const auto zone = zone_of(call[6]);
  if (!date || !clock || !zone) return given(call, std::optional<bool>());
  return DateAndTime{*date, {*clock, *zone}};
}

Value duration_from_text(const Invocation& call) {
  if (const auto days = parse_days_and_time(call.text(0))) return *days;
  return given(call, parse_years_and_months(call.text(0)));
}

std::optional<DateAndTime> moment_of(const Value& value) {
  if (const auto* date = value.as<CalendarDate>()) return DateAndTime{*date, {}};
  if (const auto* at = value.as<DateAndTime>()) return *at;
  return std::nullopt;
}

Value months_from_to(const Invocation& call) {
  const auto from = moment_of(call[0]);
  const auto to = moment_of(call[1]);
  if (!from || !to) return call.fail("feel.argument_value", {{"name", from ? "to" : "from"}});
  return YearsAndMonths{months_between(*from, *to)};
}

bool is_plain_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char sign) {
    return (sign >= '0' && sign <= '9') || sign == '.' || sign == '-' || sign == 'e' ||
           sign == 'E' || sign == '+';
  });
}

Value number_from_text(const Invocation& call) {
  const std::string& text = call.text(0);
  return given(call, is_plain_number(text) ? Decimal::parse(text) : std::nullopt);
}

Value number_from_separated(const Invocation& call) {
  const std::string grouping = call[1].is_null() ? "" : call.text(1);
  const std::string point = call[2].is_null() ? "" : call.text(2);
  const bool grouped = grouping.empty() || grouping == " " || grouping == "," || grouping == ".";
  const bool pointed = point.empty() || point == "," || point == ".";
  if (!grouped || !pointed || (!grouping.empty() && grouping == point)) {
    return call.fail("feel.separators");
  }
  std::string plain;
  for (const char sign : call.text(0)) {
    if (!grouping.empty() && sign == grouping.front()) continue;
    if (!point.empty() && sign == point.front()) {
      plain += '.';
    } else {
      plain += sign == '.' ? 'x' : sign;  // a point that is neither makes it no number
    }
  }
  if (point.empty() && grouping != "." && call.text(0).find('.') != std::string::npos) {
    plain = call.text(0);
    if (!grouping.empty()) std::erase(plain, grouping.front());
  }
  return given(call, is_plain_number(plain) ? Decimal::parse(plain) : std::nullopt);
}

Value text_from_any(const Invocation& call) {
  return text_of(call[0]);
}

bool is_literal(const NodePtr& node) {
  return std::holds_alternative<syntax::Literal>(node->form);
}

// A number, a text, or a date, time or duration as `@"..."` or as a call (rule 67).
bool is_range_end(const NodePtr& node) {
  if (const auto* literal = std::get_if<syntax::Literal>(&node->form)) {
    return !literal->value.is_null() && literal->value.boolean() == nullptr;
  }
  if (const auto* negation = std::get_if<syntax::Negation>(&node->form)) {
    const auto* literal = std::get_if<syntax::Literal>(&negation->operand->form);
    return literal != nullptr && literal->value.number() != nullptr;
  }
  const auto* call = std::get_if<syntax::Call>(&node->form);
  const auto* name = call == nullptr ? nullptr : std::get_if<syntax::Name>(&call->callee->form);
  if (name == nullptr || name->builtin == nullptr) return false;
  const bool temporal = name->name == "date" || name->name == "time" ||
                        name->name == "date and time" || name->name == "duration";
  return temporal && std::all_of(call->arguments.begin(), call->arguments.end(), is_literal);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// The only end of a range that is open on the other side: `[2..)`, `(..2)` (rule 66 b and c). Null:
// the text is no such range.
Value one_ended(const Invocation& call, std::string_view text) {
  if (text.size() < 4) return {};
  const char first = text.front();
  const char last = text.back();
  std::string_view inner = trimmed(text.substr(1, text.size() - 2));
  const bool from_below = inner.starts_with("..");
  const bool starts_open = first == '(' || first == ']';
  const bool ends_open = last == ')' || last == '[';
  if (!(starts_open || first == '[') || !(ends_open || last == ']')) return {};
  if (!(from_below ? starts_open : inner.ends_with("..") && ends_open)) return {};
  inner = from_below ? inner.substr(2) : inner.substr(0, inner.size() - 2);
  const auto parsed = parse_expression(inner, {}, Library::standard());
  if (!parsed || !is_range_end(*parsed)) return {};
  Value end = call.evaluator().evaluate(**parsed, nullptr);
  if (end.is_null()) return {};
  return from_below ? Value::range({{}, std::move(end), false, !ends_open})
                    : Value::range({std::move(end), {}, !starts_open, false});
}

// A range by its text; its ends have to be literals.
Value range_from_text(const Invocation& call) {
  const std::string& text = call.text(0);
  const auto parsed = parse_expression(text, {}, Library::standard());
  const auto* range = parsed ? std::get_if<syntax::Range>(&(*parsed)->form) : nullptr;
  if (range != nullptr && is_range_end(range->start) && is_range_end(range->end)) {
    return call.evaluator().evaluate(**parsed, nullptr);
  }
  Value found = range == nullptr ? one_ended(call, trimmed(text)) : Value();
  return found.is_null() ? given(call, std::optional<bool>()) : found;
}

Value negate(const Invocation& call) {
  if (call[0].boolean() == nullptr) return {};
  return !*call[0].boolean();
}

Value is_same(const Invocation& call) {
  return same(call[0], call[1]);
}

}  // namespace

void add_conversion_functions(Library& library) {
  library.add("date(from: date)", date_itself);
  library.add("date(from: date and time)", date_from_moment);
  library.add("date(from: string)", date_from_text);
  library.add("date(year: number, month: number, day: number)", date_from_parts);
  library.add("time(from: string)", time_from_text);
  library.add("time(from: time)", date_itself);
  library.add("time(from: date)", time_from_date);
  library.add("time(from: date and time)", time_from_moment);
  library.add(
      "time(hour: number, minute: number, second: number, offset: days and time duration?~)",
      time_from_parts);
  library.add("date and time(from: string)", moment_from_text);
  library.add("date and time(from: date)", moment_from_date);
  library.add("date and time(from: date and time)", date_itself);
  library.add("date and time(date: date, time: time)", moment_from_date_and_time);
  library.add("date and time(date: date and time, time: time)", moment_from_date_and_time);
  for (const std::string_view zone : {"offset: days and time duration?~", "timezone: string"}) {
    library.add(fmt::format("date and time(year: number, month: number, day: number, "
                            "hour: number, minute: number, second: number, {})",
                            zone),
                moment_from_parts);
  }
  library.add("duration(from: string)", duration_from_text);
  library.add("duration(from: days and time duration)", date_itself);
  library.add("duration(from: years and months duration)", date_itself);
  library.add("years and months duration(from: date, to: date)", months_from_to);
  library.add("years and months duration(from: date and time, to: date and time)", months_from_to);
  library.add("number(from: string)", number_from_text);
  library.add("number(from: number)", date_itself);
  library.add("number(from: string, grouping separator: string~, decimal separator: string~)",
              number_from_separated);
  library.add("string(from)", text_from_any);
  library.add("range(from: string)", range_from_text);
  library.add("not(negand)", negate);
  library.add("is(value1, value2)", is_same);
}

}  // namespace jishi::feel
