// Functions on ranges and points (DMN 1.5, table 80). A point is a range of itself.
#include "base/feel/compare.hpp"
#include "base/feel/library.hpp"

namespace jishi::feel {

namespace {

RangeValue range_of(const Value& value) {
  if (const auto* range = value.range()) return *range;
  return {value, value, true, true};
}

bool is_point(const Value& value) {
  return value.range() == nullptr;
}

// An end that is not there lies beyond all others: -1 for a start, 1 for an end.
std::strong_ordering order_ends(const Value& left, int left_side, const Value& right,
                                int right_side) {
  if (left.is_null() || right.is_null()) {
    const int first = left.is_null() ? left_side : 0;
    const int second = right.is_null() ? right_side : 0;
    return first <=> second;
  }
  return order(left, right).value_or(std::strong_ordering::equal);
}

// Whether every end can be held against every other.
bool comparable(const RangeValue& left, const RangeValue& right) {
  const Value* ends[] = {&left.start, &left.end, &right.start, &right.end};
  for (const Value* end : ends) {
    for (const Value* other : ends) {
      if (!end->is_null() && !other->is_null() && !order(*end, *other)) return false;
    }
  }
  return true;
}

std::strong_ordering starts_order(const RangeValue& left, const RangeValue& right) {
  return order_ends(left.start, -1, right.start, -1);
}
std::strong_ordering ends_order(const RangeValue& left, const RangeValue& right) {
  return order_ends(left.end, 1, right.end, 1);
}
std::strong_ordering end_to_start(const RangeValue& left, const RangeValue& right) {
  return order_ends(left.end, 1, right.start, -1);
}

bool before(const RangeValue& left, const RangeValue& right) {
  const auto found = end_to_start(left, right);
  return std::is_lt(found) || (std::is_eq(found) && (!left.end_included || !right.start_included));
}

bool meets(const RangeValue& left, const RangeValue& right) {
  return left.end_included && right.start_included && std::is_eq(end_to_start(left, right));
}

// Whether something lies in both.
bool overlaps(const RangeValue& left, const RangeValue& right) {
  return !before(left, right) && !before(right, left);
}

bool starts_earlier(const RangeValue& left, const RangeValue& right) {
  const auto found = starts_order(left, right);
  return std::is_lt(found) || (std::is_eq(found) && left.start_included && !right.start_included);
}

bool ends_no_later(const RangeValue& left, const RangeValue& right) {
  const auto found = ends_order(left, right);
  return std::is_lt(found) || (std::is_eq(found) && (!left.end_included || right.end_included));
}

bool starts_no_earlier(const RangeValue& left, const RangeValue& right) {
  const auto found = starts_order(left, right);
  return std::is_gt(found) || (std::is_eq(found) && (!left.start_included || right.start_included));
}

bool overlaps_before(const RangeValue& left, const RangeValue& right) {
  return starts_earlier(left, right) && overlaps(left, right) && ends_no_later(left, right);
}

bool finishes(const RangeValue& left, const RangeValue& right) {
  return left.end_included == right.end_included && std::is_eq(ends_order(left, right)) &&
         starts_no_earlier(left, right);
}

bool includes(const RangeValue& left, const RangeValue& right) {
  return starts_no_earlier(right, left) && ends_no_later(right, left);
}

bool starts(const RangeValue& left, const RangeValue& right) {
  return left.start_included == right.start_included && std::is_eq(starts_order(left, right)) &&
         ends_no_later(left, right);
}

bool coincides(const RangeValue& left, const RangeValue& right) {
  return left.start_included == right.start_included && left.end_included == right.end_included &&
         std::is_eq(starts_order(left, right)) && std::is_eq(ends_order(left, right));
}

using Relation = bool (*)(const RangeValue&, const RangeValue&);
enum class Takes { anything, ranges, range_second, range_first };

Value related(const Invocation& call, Relation relation, Takes takes, bool turned) {
  if (call[0].is_null() || call[1].is_null()) return call.fail("feel.null_argument");
  const bool first_refused =
      is_point(call[0]) && (takes == Takes::ranges || takes == Takes::range_first);
  const bool second_refused =
      is_point(call[1]) && (takes == Takes::ranges || takes == Takes::range_second);
  if (first_refused || second_refused) {
    return call.fail("feel.range_wanted",
                     {{"kind", std::string(kind_of(call[first_refused ? 0 : 1]))}});
  }
  const RangeValue left = range_of(call[0]);
  const RangeValue right = range_of(call[1]);
  if (!comparable(left, right)) {
    return call.fail("feel.comparison", {{"left", std::string(kind_of(call[0]))},
                                         {"right", std::string(kind_of(call[1]))}});
  }
  return turned ? relation(right, left) : relation(left, right);
}

// The parameters of a function as the text has them, in each order that it has: `includes` knows no
// point before the range, so that its names say which is which in any order.
std::vector<std::string_view> parameters_of(Takes takes) {
  constexpr std::string_view kPoints = "point1: Any, point2: Any";
  constexpr std::string_view kRanges = "range1: Any, range2: Any";
  constexpr std::string_view kPointFirst = "point: Any, range: Any";
  constexpr std::string_view kRangeFirst = "range: Any, point: Any";
  switch (takes) {
    case Takes::anything: return {kPoints, kRanges, kPointFirst, kRangeFirst};
    case Takes::ranges: return {kRanges};
    case Takes::range_second: return {kPointFirst, kRanges};
    case Takes::range_first: return {kRangeFirst, kRanges};
  }
  return {};
}

template <Relation relation, Takes takes, bool turned = false>
Value relate(const Invocation& call) {
  return related(call, relation, takes, turned);
}

}  // namespace

void add_range_functions(Library& library) {
  const std::tuple<std::string_view, Takes, Work> kFunctions[] = {
      {"before", Takes::anything, relate<before, Takes::anything>},
      {"after", Takes::anything, relate<before, Takes::anything, true>},
      {"meets", Takes::ranges, relate<meets, Takes::ranges>},
      {"met by", Takes::ranges, relate<meets, Takes::ranges, true>},
      {"overlaps", Takes::ranges, relate<overlaps, Takes::ranges>},
      {"overlaps before", Takes::ranges, relate<overlaps_before, Takes::ranges>},
      {"overlaps after", Takes::ranges, relate<overlaps_before, Takes::ranges, true>},
      {"finishes", Takes::range_second, relate<finishes, Takes::range_second>},
      {"finished by", Takes::range_first, relate<finishes, Takes::range_first, true>},
      {"includes", Takes::range_first, relate<includes, Takes::range_first>},
      {"during", Takes::range_second, relate<includes, Takes::range_second, true>},
      {"starts", Takes::range_second, relate<starts, Takes::range_second>},
      {"started by", Takes::range_first, relate<starts, Takes::range_first, true>},
      {"coincides", Takes::anything, relate<coincides, Takes::anything>}};
  for (const auto& [name, takes, work] : kFunctions) {
    for (const std::string_view names : parameters_of(takes)) {
      library.add(fmt::format("{}({})", name, names), work);
    }
  }
}

}  // namespace jishi::feel
