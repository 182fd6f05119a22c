// Filters, paths and loops.
#include "base/feel/arithmetic.hpp"
#include "base/feel/compare.hpp"
#include "base/feel/walk.hpp"

namespace jishi::feel {

namespace {

// The item that a number means: from 1, or from -1 backwards.
Value item_at(const std::vector<Value>& items, std::int64_t index) {
  const auto count = static_cast<std::int64_t>(items.size());
  if (index >= 1 && index <= count) return items[static_cast<std::size_t>(index - 1)];
  if (index <= -1 && index >= -count) return items[static_cast<std::size_t>(count + index)];
  return {};
}

FramePtr item_scope(const FramePtr& scope, const Value& item) {
  FramePtr inner = bound(scope, "item", item);
  return item.entries() == nullptr ? inner : scope_of(item, std::move(inner));
}

std::optional<Value> part_of_date(CalendarDate date, std::string_view name) {
  const YearMonthDay civil = civil_of(date);
  if (name == "year") return Value(civil.year);
  if (name == "month") return Value(civil.month);
  if (name == "day") return Value(civil.day);
  if (name == "weekday") return Value(weekday_of(date));
  return std::nullopt;
}

std::optional<Value> part_of_time(const TimeOfDay& time, std::int64_t local_seconds,
                                  std::string_view name) {
  const std::int64_t seconds = time.nanoseconds / kNanosecondsPerSecond;
  if (name == "hour") return Value(seconds / 3600);
  if (name == "minute") return Value(seconds / 60 % 60);
  if (name == "second") {
    return Value(Decimal::scaled(time.nanoseconds % (60 * kNanosecondsPerSecond), -9));
  }
  if (name == "time offset") {
    const auto offset = time.zone.offset_at(local_seconds);
    if (!offset) return Value();
    return Value(DaysAndTime{Nanoseconds{*offset} * kNanosecondsPerSecond});
  }
  if (name == "timezone") {
    return time.zone.kind() == Zone::Kind::region ? Value(time.zone.name()) : Value();
  }
  return std::nullopt;
}

std::optional<Value> part_of_duration(DaysAndTime duration, std::string_view name) {
  const auto seconds = static_cast<std::int64_t>(duration.nanoseconds / kNanosecondsPerSecond);
  if (name == "days") return Value(seconds / kSecondsPerDay);
  if (name == "hours") return Value(seconds % kSecondsPerDay / 3600);
  if (name == "minutes") return Value(seconds % 3600 / 60);
  if (name == "seconds") {
    const Nanoseconds minute = 60 * kNanosecondsPerSecond;
    return Value(Decimal::scaled(static_cast<std::int64_t>(duration.nanoseconds % minute), -9));
  }
  return std::nullopt;
}

std::optional<Value> part_of_range(const RangeValue& range, std::string_view name) {
  if (name == "start") return range.start;
  if (name == "end") return range.end;
  if (name == "start included") return Value(range.start_included);
  if (name == "end included") return Value(range.end_included);
  return std::nullopt;
}

}  // namespace

std::optional<Value> property(const Value& value, std::string_view name) {
  if (const auto* date = value.as<CalendarDate>()) return part_of_date(*date, name);
  if (const auto* time = value.as<TimeOfDay>()) {
    return part_of_time(*time, time->nanoseconds / kNanosecondsPerSecond, name);
  }
  if (const auto* at = value.as<DateAndTime>()) {
    if (auto part = part_of_date(at->date, name)) return part;
    const std::int64_t local =
        at->date.days * kSecondsPerDay + at->time.nanoseconds / kNanosecondsPerSecond;
    return part_of_time(at->time, local, name);
  }
  if (const auto* duration = value.as<DaysAndTime>()) return part_of_duration(*duration, name);
  if (const auto* duration = value.as<YearsAndMonths>()) {
    if (name == "years") return Value(duration->months / 12);
    if (name == "months") return Value(duration->months % 12);
    return std::nullopt;
  }
  if (const auto* range = value.range()) return part_of_range(*range, name);
  return std::nullopt;
}

Value Walk::operator()(const syntax::Path& form) const {
  const Value source = of(form.source);
  if (source.is_null()) return {};
  if (const auto* items = source.items()) {
    std::vector<Value> found;
    found.reserve(items->size());
    if (!evaluator.spend(items->size())) return {};
    for (const Value& item : *items) {
      const Value* entry = item.entry(form.name);
      found.push_back(entry != nullptr ? *entry : Value(property(item, form.name)));
    }
    current = place;
    return evaluator.admitted(Value::list(std::move(found)));
  }
  if (source.entries() != nullptr) {
    if (const Value* entry = source.entry(form.name)) return *entry;
    return fail("feel.no_entry", {{"name", form.name}});
  }
  if (auto part = property(source, form.name)) return *part;
  return fail("feel.no_property", {{"name", form.name}, {"kind", std::string(kind_of(source))}});
}

Value Walk::operator()(const syntax::Filter& form) const {
  const Value source = of(form.list);
  std::vector<Value> single;
  const std::vector<Value>* items = source.items();
  if (items == nullptr) {
    if (!source.is_null()) single.push_back(source);
    items = &single;
  }
  const auto at = [&](const Decimal& number) -> Value {
    const auto index = number.to_int64();
    if (!index) return fail("feel.index", {{"index", number.text()}});
    Value found = item_at(*items, *index);
    const bool missing = *index == 0 || std::abs(*index) > static_cast<std::int64_t>(items->size());
    if (!missing) return found;
    return fail("feel.index_range",
                {{"index", number.text()}, {"count", std::to_string(items->size())}});
  };
  if (const auto* literal = std::get_if<syntax::Literal>(&form.condition->form)) {
    if (const auto* number = literal->value.number()) return at(*number);
  }
  // Neither a number nor a truth filters nothing (DMN 1.5, table 68); a null is a truth unknown.
  const auto filters = [](const Value& found) {
    return found.boolean() != nullptr || found.is_null();
  };
  const auto refused = [&](const Value& found) {
    return fail("feel.filter", {{"kind", std::string(kind_of(found))}});
  };
  std::vector<Value> kept;
  if (items->empty()) {
    const Value found = evaluator.evaluate(*form.condition, item_scope(scope, {}));
    if (const auto* number = found.number()) return at(*number);
    if (!filters(found)) return refused(found);
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Value& item = (*items)[i];
    const Value found = evaluator.evaluate(*form.condition, item_scope(scope, item));
    if (const auto* number = found.number(); number != nullptr && i == 0) return at(*number);
    if (!filters(found)) return refused(found);
    if (found.is_true()) kept.push_back(item);
  }
  current = place;
  return evaluator.admitted(Value::list(std::move(kept)));
}

// Whole numbers or days from one end to the other, upwards or downwards.
std::optional<std::vector<Value>> Walk::steps(const Value& from, const Value& to) const {
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  const bool days = from.as<CalendarDate>() != nullptr && to.as<CalendarDate>() != nullptr;
  if (days) {
    first = from.as<CalendarDate>()->days;
    last = to.as<CalendarDate>()->days;
  } else if (from.number() != nullptr && to.number() != nullptr) {
    first = from.number()->to_int64();
    last = to.number()->to_int64();
  }
  if (!first || !last) {
    fail("feel.loop_range");
    return std::nullopt;
  }
  const auto size = static_cast<std::uint64_t>(*first < *last ? *last - *first : *first - *last);
  if (size >= static_cast<std::uint64_t>(evaluator.limits().parts)) {
    fail("feel.value_too_large", {{"limit", std::to_string(evaluator.limits().parts)}});
    return std::nullopt;
  }
  if (!evaluator.spend(size + 1)) return std::nullopt;
  std::vector<Value> all;
  all.reserve(size + 1);
  const std::int64_t step = *first <= *last ? 1 : -1;
  for (std::int64_t at = *first; at != *last + step; at += step) {
    all.push_back(days ? Value(CalendarDate{at}) : Value(at));
  }
  return all;
}

std::optional<std::vector<Value>> Walk::members(const RangeValue& range) const {
  auto all = steps(range.start, range.end);
  if (!all) return std::nullopt;
  std::erase_if(*all, [&](const Value& value) { return contains(range, value) != true; });
  return all;
}

std::optional<std::vector<Value>> Walk::domain(const syntax::Iterator& iterator,
                                               const FramePtr& at) const {
  const Value value = evaluator.evaluate(*iterator.domain, at);
  if (iterator.end != nullptr) return steps(value, evaluator.evaluate(*iterator.end, at));
  if (const auto* items = value.items()) return *items;
  if (const auto* range = value.range()) return members(*range);
  if (value.is_null()) {
    fail("feel.loop_null", {{"name", iterator.name}});
    return std::nullopt;
  }
  return std::vector<Value>{value};
}

// Calls `visit` with each scope that the iterators make, the last one running fastest; false when
// a domain is none, or `visit` wants no more.
template <class Visit>
bool Walk::iterate(const std::vector<syntax::Iterator>& iterators, std::size_t index,
                   const FramePtr& at, const Visit& visit) const {
  if (index == iterators.size()) return visit(at);
  const auto values = domain(iterators[index], at);
  if (!values) return false;
  for (const Value& value : *values) {
    if (!evaluator.spend(1)) return false;
    const FramePtr inner = bound(at, iterators[index].name, value);
    if (!iterate(iterators, index + 1, inner, visit)) return false;
  }
  return true;
}

Value Walk::operator()(const syntax::For& form) const {
  std::vector<Value> results;
  const auto most = static_cast<std::size_t>(evaluator.limits().parts);
  const bool complete = iterate(form.iterators, 0, scope, [&](FramePtr at) {
    if (form.uses_partial) {
      if (!evaluator.spend(results.size())) return false;
      at = bound(std::move(at), "partial", Value::list(results));
    }
    results.push_back(evaluator.evaluate(*form.body, at));
    if (results.size() <= most) return true;
    fail("feel.value_too_large", {{"limit", std::to_string(most)}});
    return false;
  });
  if (!complete) return {};
  current = place;
  return evaluator.admitted(Value::list(std::move(results)));
}

Value Walk::operator()(const syntax::Quantified& form) const {
  bool unknown = false;
  bool decided = false;
  const bool complete = iterate(form.iterators, 0, scope, [&](const FramePtr& at) {
    const Value found = evaluator.evaluate(*form.condition, at);
    unknown = unknown || found.boolean() == nullptr;
    decided = form.every ? found.is_false() : found.is_true();
    return !decided;
  });
  if (decided) return !form.every;
  if (!complete || unknown) return {};
  return form.every;
}

}  // namespace jishi::feel
