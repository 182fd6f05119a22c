// Context functions (DMN 1.5, table 83).
#include "base/feel/evaluate.hpp"
#include "base/feel/library.hpp"

namespace jishi::feel {

namespace {

using Entries = Value::Entries;

void put(Entries& entries, const std::string& name, Value value) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  if (found != entries.end()) {
    found->second = std::move(value);
  } else {
    entries.emplace_back(name, std::move(value));
  }
}

Value get_value(const Invocation& call) {
  const Value* found = call[0].entry(call.text(1));
  return found == nullptr ? Value() : *found;
}

Value get_value_below(const Invocation& call) {
  Value at = call[0];
  for (const Value& key : call.items(1)) {
    if (key.text() == nullptr)
      return call.fail("feel.item_kind", {{"kind", std::string(kind_of(key))}});
    const Value* found = at.entry(*key.text());
    if (found == nullptr) return {};
    at = Value(*found);
  }
  return at;
}

Value get_entries(const Invocation& call) {
  std::vector<Value> all;
  for (const auto& [name, value] : *call[0].entries()) {
    all.push_back(Value::context({{"key", name}, {"value", value}}));
  }
  return Value::list(std::move(all));
}

Value make_context(const Invocation& call) {
  Entries made;
  for (const Value& item : call.items(0)) {
    const Value* key = item.entry("key");
    const Value* value = item.entry("value");
    if (key == nullptr || key->text() == nullptr || value == nullptr) {
      return call.fail("feel.entry_form");
    }
    const bool twice = std::any_of(made.begin(), made.end(),
                                   [&](const auto& entry) { return entry.first == *key->text(); });
    if (twice) return call.fail("feel.entry_twice", {{"name", *key->text()}});
    made.emplace_back(*key->text(), *value);
  }
  return Value::context(std::move(made));
}

Value put_value(const Invocation& call) {
  Entries entries = *call[0].entries();
  put(entries, call.text(1), call[2]);
  return Value::context(std::move(entries));
}

// Puts a value below several names, one within the other; nothing where a name is none.
std::optional<Value> put_below(const Value& context, const std::vector<Value>& keys, std::size_t at,
                               const Value& value) {
  const auto* key = keys[at].text();
  if (key == nullptr || context.entries() == nullptr) return std::nullopt;
  Entries entries = *context.entries();
  if (at + 1 == keys.size()) {
    put(entries, *key, value);
    return Value::context(std::move(entries));
  }
  const Value* inner = context.entry(*key);
  auto below = put_below(inner == nullptr ? Value() : *inner, keys, at + 1, value);
  if (!below) return std::nullopt;
  put(entries, *key, std::move(*below));
  return Value::context(std::move(entries));
}

Value put_nested(const Invocation& call) {
  const std::size_t depth = call.items(1).size();
  if (depth == 0 || depth > static_cast<std::size_t>(call.evaluator().limits().nesting)) {
    return call.fail("feel.keys");
  }
  const auto found = put_below(call[0], call.items(1), 0, call[2]);
  return found ? *found : call.fail("feel.keys");
}

Value merge(const Invocation& call) {
  Entries merged;
  for (const Value& context : call.items(0)) {
    if (context.entries() == nullptr) {
      return call.fail("feel.item_kind", {{"kind", std::string(kind_of(context))}});
    }
    for (const auto& [name, value] : *context.entries()) put(merged, name, value);
  }
  return Value::context(std::move(merged));
}

}  // namespace

void add_context_functions(Library& library) {
  library.add("get value(m: context, key: string)", get_value);
  library.add("get value(context: context, keys: list<string>)", get_value_below);
  library.add("get entries(m: context)", get_entries);
  library.add("context(entries: list)", make_context);
  library.add("context put(context: context, key: string, value)", put_value);
  library.add("context put(context: context, keys: list, value)", put_nested);
  library.add("context merge(contexts: list)", merge);
}

}  // namespace jishi::feel
