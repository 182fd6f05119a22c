// List functions that give one value (DMN 1.5, table 76).
#include "base/feel/arithmetic.hpp"
#include "base/feel/compare.hpp"
#include "base/feel/library.hpp"

namespace jishi::feel {

namespace {

using Items = std::vector<Value>;

Value kind_failure(const Invocation& call, const Value& item) {
  return call.fail("feel.item_kind", {{"kind", std::string(kind_of(item))}});
}

Value extreme(const Invocation& call, std::strong_ordering wanted) {
  const Items items = call.spread();
  if (items.empty()) return {};
  Value best = items.front();
  if (!order(best, best)) return kind_failure(call, best);
  for (const Value& item : items) {
    const auto found = order(item, best);
    if (!found) return kind_failure(call, item);
    if (*found == wanted) best = item;
  }
  return best;
}

Value least(const Invocation& call) {
  return extreme(call, std::strong_ordering::less);
}
Value greatest(const Invocation& call) {
  return extreme(call, std::strong_ordering::greater);
}

// All items as numbers; nothing, with the reason, when one is none or there is none.
std::optional<std::vector<Decimal>> numbers_of(const Invocation& call) {
  std::vector<Decimal> numbers;
  for (const Value& item : call.spread()) {
    if (item.number() == nullptr) {
      kind_failure(call, item);
      return std::nullopt;
    }
    numbers.push_back(*item.number());
  }
  if (numbers.empty()) return std::nullopt;
  return numbers;
}

std::optional<Decimal> total(const std::vector<Decimal>& numbers) {
  std::optional<Decimal> sum = Decimal();
  for (const Decimal& number : numbers) {
    if (sum) sum = *sum + number;
  }
  return sum;
}

std::optional<Decimal> average(const std::vector<Decimal>& numbers) {
  const auto sum = total(numbers);
  return sum ? *sum / Decimal(static_cast<std::int64_t>(numbers.size())) : std::nullopt;
}

// Durations are added up too.
Value sum(const Invocation& call) {
  const Items items = call.spread();
  if (items.empty()) return {};
  Value all = items.front();
  const bool can = all.number() != nullptr || all.as<DaysAndTime>() != nullptr ||
                   all.as<YearsAndMonths>() != nullptr;
  if (!can) return kind_failure(call, all);
  for (std::size_t i = 1; i < items.size(); ++i) {
    const auto next = calculate(ArithmeticOperator::add, all, items[i]);
    if (!next) return kind_failure(call, items[i]);
    all = *next;
  }
  return all;
}

Value mean(const Invocation& call) {
  const Items items = call.spread();
  if (items.empty()) return {};
  const Value all = sum(call);
  if (all.is_null()) return {};
  const auto found =
      calculate(ArithmeticOperator::divide, all, Value(static_cast<std::int64_t>(items.size())));
  return found ? *found : Value();
}

Value product(const Invocation& call) {
  const auto numbers = numbers_of(call);
  if (!numbers) return {};
  std::optional<Decimal> all = Decimal(1);
  for (const Decimal& number : *numbers) {
    if (all) all = *all * number;
  }
  return all;
}

Value median(const Invocation& call) {
  auto numbers = numbers_of(call);
  if (!numbers) return {};
  std::sort(numbers->begin(), numbers->end());
  const std::size_t middle = numbers->size() / 2;
  if (numbers->size() % 2 != 0) return (*numbers)[middle];
  return average({(*numbers)[middle - 1], (*numbers)[middle]});
}

// Of a sample: divided by one less than the count.
Value deviation(const Invocation& call) {
  const auto numbers = numbers_of(call);
  if (!numbers || numbers->size() < 2) return {};
  const auto middle = average(*numbers);
  if (!middle) return {};
  std::vector<Decimal> squares;
  for (const Decimal& number : *numbers) {
    const auto difference = number - *middle;
    const auto square = difference ? *difference * *difference : std::nullopt;
    if (!square) return {};
    squares.push_back(*square);
  }
  const auto sum_of_squares = total(squares);
  if (!sum_of_squares) return {};
  const auto variance = *sum_of_squares / Decimal(static_cast<std::int64_t>(numbers->size()) - 1);
  return variance ? Value(variance->square_root()) : Value();
}

Value mode(const Invocation& call) {
  if (call.spread().empty()) return Value::list({});
  auto numbers = numbers_of(call);
  if (!numbers) return {};
  std::sort(numbers->begin(), numbers->end());
  std::size_t most = 0;
  Items found;
  for (auto from = numbers->begin(); from != numbers->end();) {
    const auto to =
        std::find_if(from, numbers->end(), [&](const Decimal& number) { return number != *from; });
    const auto times = static_cast<std::size_t>(to - from);
    if (times > most) found.clear();
    if (times >= most) found.emplace_back(*from);
    most = std::max(most, times);
    from = to;
  }
  return Value::list(std::move(found));
}

// `all` and `any`: the joint `and` and `or` of the items.
Value joined(const Invocation& call, bool deciding) {
  bool unknown = false;
  for (const Value& item : call.spread()) {
    if (item.boolean() == nullptr) {
      unknown = true;
    } else if (*item.boolean() == deciding) {
      return deciding;
    }
  }
  if (unknown) return {};
  return !deciding;
}

Value all(const Invocation& call) {
  return joined(call, false);
}
Value any(const Invocation& call) {
  return joined(call, true);
}

}  // namespace

void add_aggregate_functions(Library& library) {
  const std::pair<std::string_view, Work> kFunctions[] = {
      {"min", least},       {"max", greatest},  {"sum", sum},   {"mean", mean},
      {"product", product}, {"median", median}, {"mode", mode}, {"stddev", deviation},
      {"all", all},         {"any", any}};
  for (const auto& [name, work] : kFunctions) {
    library.add(std::string(name) + "(list: list)", work);
    library.add(std::string(name) + "(item...)", work);
  }
}

}  // namespace jishi::feel
