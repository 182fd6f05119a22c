// List functions that give lists or look for items (DMN 1.5, table 76), and `sort`.
#include "base/feel/compare.hpp"
#include "base/feel/evaluate.hpp"
#include "base/feel/library.hpp"

namespace jishi::feel {

namespace {

using Items = std::vector<Value>;

bool is_equal(const Value& left, const Value& right) {
  return equal(left, right) == true;
}

// The place in a list that a position means (from 1, or from -1 backwards), from 0.
std::optional<std::size_t> place_of(const Value& position, std::size_t count) {
  const auto whole = position.number()->to_int64();
  const auto size = static_cast<std::int64_t>(count);
  if (!whole || *whole == 0 || *whole > size || *whole < -size) return std::nullopt;
  return static_cast<std::size_t>(*whole > 0 ? *whole - 1 : size + *whole);
}

Value list_contains(const Invocation& call) {
  const Items& items = call.items(0);
  return std::any_of(items.begin(), items.end(),
                     [&](const Value& item) { return is_equal(item, call[1]); });
}

Value count(const Invocation& call) {
  return static_cast<std::int64_t>(call.items(0).size());
}

Value sublist(const Invocation& call) {
  const Items& items = call.items(0);
  const auto from = place_of(call[1], items.size());
  if (!from) return call.fail("feel.position");
  std::size_t length = items.size() - *from;
  if (!call[2].is_null()) {
    const auto wanted = call.number(2).to_int64();
    if (!wanted || *wanted < 0 || static_cast<std::uint64_t>(*wanted) > length) {
      return call.fail("feel.length");
    }
    length = static_cast<std::size_t>(*wanted);
  }
  const auto begin = items.begin() + static_cast<std::ptrdiff_t>(*from);
  return Value::list(Items(begin, begin + static_cast<std::ptrdiff_t>(length)));
}

Value append(const Invocation& call) {
  Items items = call.items(0);
  for (std::size_t i = 1; i < call.size(); ++i) items.push_back(call[i]);
  return Value::list(std::move(items));
}

Value concatenate(const Invocation& call) {
  Items all;
  for (std::size_t i = 0; i < call.size(); ++i) {
    all.insert(all.end(), call.items(i).begin(), call.items(i).end());
  }
  return Value::list(std::move(all));
}

Value insert_before(const Invocation& call) {
  Items items = call.items(0);
  const auto at = place_of(call[1], items.size());
  if (!at) return call.fail("feel.position");
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(*at), call[2]);
  return Value::list(std::move(items));
}

Value remove_item(const Invocation& call) {
  Items items = call.items(0);
  const auto at = place_of(call[1], items.size());
  if (!at) return call.fail("feel.position");
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(*at));
  return Value::list(std::move(items));
}

Value replace_at(const Invocation& call) {
  Items items = call.items(0);
  const auto at = place_of(call[1], items.size());
  if (!at) return call.fail("feel.position");
  items[*at] = call[2];
  return Value::list(std::move(items));
}

Value replace_matching(const Invocation& call) {
  Items items = call.items(0);
  for (Value& item : items) {
    const Value found = call.call(call[1], {item, call[2]});
    if (found.boolean() == nullptr) return {};
    if (found.is_true()) item = call[2];
  }
  return Value::list(std::move(items));
}

Value reverse(const Invocation& call) {
  Items items = call.items(0);
  std::reverse(items.begin(), items.end());
  return Value::list(std::move(items));
}

Value index_of(const Invocation& call) {
  Items found;
  const Items& items = call.items(0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (is_equal(items[i], call[1])) found.emplace_back(static_cast<std::int64_t>(i + 1));
  }
  return Value::list(std::move(found));
}

// Each value once, in the order in which they came; null when the work is too much.
Value distinct(const Invocation& call, const Items& items) {
  Items kept;
  for (const Value& item : items) {
    if (!call.spend(kept.size() / 8 + 1)) return {};
    const bool known = std::any_of(kept.begin(), kept.end(),
                                   [&](const Value& other) { return is_equal(item, other); });
    if (!known) kept.push_back(item);
  }
  return Value::list(std::move(kept));
}

Value distinct_values(const Invocation& call) {
  return distinct(call, call.items(0));
}

Value unite(const Invocation& call) {
  const Value all = concatenate(call);
  return distinct(call, *all.items());
}

void flatten_into(Items& flat, const Items& items) {
  for (const Value& item : items) {
    if (const auto* inner = item.items()) {
      flatten_into(flat, *inner);
    } else {
      flat.push_back(item);
    }
  }
}

Value flatten(const Invocation& call) {
  Items flat;
  flatten_into(flat, call.items(0));
  return Value::list(std::move(flat));
}

// A merge sort of our own: a function that contradicts itself gives some order, never a crash.
Items sorted(const Invocation& call, Items items) {
  if (items.size() < 2) return items;
  const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  const Items left = sorted(call, Items(items.begin(), middle));
  const Items right = sorted(call, Items(middle, items.end()));
  Items merged;
  merged.reserve(items.size());
  auto first = left.begin();
  auto second = right.begin();
  while (first != left.end() && second != right.end()) {
    const bool precedes = call[1].is_null() ? order(*second, *first) == std::strong_ordering::less
                                            : call.call(call[1], {*second, *first}).is_true();
    merged.push_back(precedes ? *second++ : *first++);
  }
  merged.insert(merged.end(), first, left.end());
  merged.insert(merged.end(), second, right.end());
  return merged;
}

Value sort(const Invocation& call) {
  return Value::list(sorted(call, call.items(0)));
}

}  // namespace

void add_list_functions(Library& library) {
  library.add("list contains(list: list, element)", list_contains);
  library.add("count(list: list)", count);
  library.add("sublist(list: list, start position: number, length: number?)", sublist);
  library.add("append(list: list, item...)", append);
  library.add("concatenate(list: list...)", concatenate);
  library.add("insert before(list: list, position: number, newItem)", insert_before);
  library.add("remove(list: list, position: number)", remove_item);
  library.add("list replace(list: list, position: number, newItem)", replace_at);
  library.add("list replace(list: list, match: function, newItem)", replace_matching);
  library.add("reverse(list: list)", reverse);
  library.add("index of(list: list, match)", index_of);
  library.add("union(list: list...)", unite);
  library.add("distinct values(list: list)", distinct_values);
  library.add("flatten(list: list)", flatten);
  library.add("sort(list: list, precedes: function?)", sort);
}

}  // namespace jishi::feel
