#include "modules/workflow/decision/item_type.hpp"

namespace jishi::workflow::decision {

namespace {

using feel::Value;
using Kind = feel::Type::Kind;

template <class T>
Value read_or(const std::optional<T>& read, const Value& otherwise) {
  return read ? Value(*read) : otherwise;
}

Value temporal(const Value& value, Kind kind) {
  const std::string& text = *value.text();
  switch (kind) {
    case Kind::date: return read_or(feel::parse_calendar_date(text), value);
    case Kind::time: return read_or(feel::parse_time_of_day(text), value);
    case Kind::date_and_time: return read_or(feel::parse_date_and_time(text), value);
    case Kind::days_and_time: return read_or(feel::parse_days_and_time(text), value);
    case Kind::years_and_months: return read_or(feel::parse_years_and_months(text), value);
    default: return value;
  }
}

/// Holds values against types; knows the first reason why one does not conform.
class Check {
 public:
  explicit Check(feel::Evaluator& evaluator) : evaluator_(evaluator) {}

  std::optional<Value> whole(const Value& value, const ItemType& type) {
    if (value.is_null()) return value;
    auto found = type.collection ? items(value, type) : one(value, type);
    if (!found || !type.constraint) return found;
    return passes(*found, *type.constraint) ? found : std::nullopt;
  }
  const std::string& broken() const { return broken_; }

 private:
  std::optional<Value> items(const Value& value, const ItemType& type) {
    std::vector<Value> all;
    const auto* given = value.items();
    const std::vector<Value> single{value};
    for (const Value& item : given == nullptr ? single : *given) {
      auto found = item.is_null() ? std::optional(item) : one(item, type);
      if (!found) return std::nullopt;
      all.push_back(std::move(*found));
    }
    return Value::list(std::move(all));
  }

  std::optional<Value> one(const Value& value, const ItemType& type) {
    auto found = type.components.empty() ? plain(value, type) : structure(value, type);
    if (!found || !type.allowed || passes(*found, *type.allowed)) return found;
    return std::nullopt;
  }

  std::optional<Value> plain(const Value& value, const ItemType& type) {
    if (type.base != nullptr) return whole(value, *type.base);
    return converted(value, type.type);
  }

  std::optional<Value> structure(const Value& value, const ItemType& type) {
    const Value* given = &value;
    const auto* items = value.items();
    if (items != nullptr && items->size() == 1) given = &items->front();
    if (given->entries() == nullptr) return std::nullopt;
    Value::Entries entries = *given->entries();
    for (const auto& component : type.components) {
      const auto held = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
        return entry.first == component.first;
      });
      if (held == entries.end()) return std::nullopt;
      auto found = whole(held->second, component.second);
      if (!found) return std::nullopt;
      held->second = std::move(*found);
    }
    return Value::context(std::move(entries));
  }

  bool passes(const Value& value, const feel::Tests& tests) {
    if (evaluator_.passes(value, tests, nullptr).is_true()) return true;
    if (broken_.empty()) broken_ = literal_of(value);
    return false;
  }

  feel::Evaluator& evaluator_;
  std::string broken_;  // the value that is not allowed
};

}  // namespace

Value conformed(feel::Evaluator& evaluator, const Value& value, const ItemType& type,
                std::string_view name) {
  Check check(evaluator);
  if (auto found = check.whole(value, type)) return *found;
  if (!check.broken().empty()) {
    return evaluator.fail("workflow.value_not_allowed",
                          {{"name", std::string(name)}, {"value", check.broken()}});
  }
  return evaluator.fail("workflow.value_type", {{"name", std::string(name)},
                                                {"kind", std::string(kind_of(value))},
                                                {"wanted", text_of(type.type)}});
}

Value from_json_form(const Value& value, const ItemType& type) {
  if (const auto* items = value.items()) {
    std::vector<Value> all;
    for (const Value& item : *items) all.push_back(from_json_form(item, type));
    return Value::list(std::move(all));
  }
  if (type.base != nullptr) return from_json_form(value, *type.base);
  if (const auto* entries = value.entries(); entries != nullptr && !type.components.empty()) {
    Value::Entries all = *entries;
    for (auto& [name, held] : all) {
      for (const auto& [known, component] : type.components) {
        if (known == name) held = from_json_form(held, component);
      }
    }
    return Value::context(std::move(all));
  }
  const bool list = type.type.kind == Kind::list && !type.type.parts.empty();
  const Kind kind = list ? type.type.parts.front().kind : type.type.kind;
  return value.text() == nullptr ? value : temporal(value, kind);
}

}  // namespace jishi::workflow::decision
