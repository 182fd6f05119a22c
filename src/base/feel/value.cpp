#include "base/feel/value.hpp"

#include "base/feel/names.hpp"

namespace jishi::feel {

namespace {

constexpr std::int64_t kTextPart = 16;  // bytes of a text that count as one part

Extent joined(Extent all, const Value& value) {
  const Extent one = value.extent();
  return {all.parts + one.parts, std::max(all.depth, one.depth + 1)};
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char sign : text) {
    switch (sign) {
      case '"': result += "\\\""; break;
      case '\\': result += "\\\\"; break;
      case '\n': result += "\\n"; break;
      case '\r': result += "\\r"; break;
      case '\t': result += "\\t"; break;
      default: result += sign;
    }
  }
  return result += '"';
}

std::string range_text(const RangeValue& range) {
  const auto end_text = [](const Value& end) { return end.is_null() ? "" : literal_of(end); };
  // A range with one end is written as the test it stands for.
  if (range.start.is_null() && !range.end.is_null()) {
    return fmt::format("({} {})", range.end_included ? "<=" : "<", end_text(range.end));
  }
  if (range.end.is_null() && !range.start.is_null()) {
    return fmt::format("({} {})", range.start_included ? ">=" : ">", end_text(range.start));
  }
  return fmt::format("{}{}..{}{}", range.start_included ? "[" : "(", end_text(range.start),
                     end_text(range.end), range.end_included ? "]" : ")");
}

struct Literal {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool held) const { return held ? "true" : "false"; }
  std::string operator()(const Decimal& held) const { return held.text(); }
  std::string operator()(const std::string& held) const { return in_quotes(held); }
  std::string operator()(CalendarDate held) const { return "@\"" + text_of(held) + "\""; }
  std::string operator()(const TimeOfDay& held) const { return "@\"" + text_of(held) + "\""; }
  std::string operator()(const DateAndTime& held) const { return "@\"" + text_of(held) + "\""; }
  std::string operator()(DaysAndTime held) const { return "@\"" + text_of(held) + "\""; }
  std::string operator()(YearsAndMonths held) const { return "@\"" + text_of(held) + "\""; }
  std::string operator()(const std::shared_ptr<const ListValue>& held) const {
    std::string text = "[";
    for (const Value& item : held->items) text += (text.size() > 1 ? ", " : "") + literal_of(item);
    return text + "]";
  }
  std::string operator()(const std::shared_ptr<const ContextValue>& held) const {
    std::string text = "{";
    for (const auto& [name, value] : held->entries) {
      text += (text.size() > 1 ? ", " : "") + (is_plain_name(name) ? name : in_quotes(name)) +
              ": " + literal_of(value);
    }
    return text + "}";
  }
  std::string operator()(const std::shared_ptr<const RangeValue>& held) const {
    return range_text(*held);
  }
  std::string operator()(const std::shared_ptr<const Function>&) const { return "function"; }
};

}  // namespace

Value Value::list(std::vector<Value> items) {
  Extent extent;
  for (const Value& item : items) extent = joined(extent, item);
  return std::make_shared<const ListValue>(ListValue{std::move(items), extent});
}

Value Value::context(Entries entries) {
  Extent extent;
  for (const auto& entry : entries) extent = joined(extent, entry.second);
  return std::make_shared<const ContextValue>(ContextValue{std::move(entries), extent});
}

Value Value::range(RangeValue range) {
  return std::make_shared<const RangeValue>(std::move(range));
}

const std::vector<Value>* Value::items() const {
  const auto* list = as<std::shared_ptr<const ListValue>>();
  return list == nullptr ? nullptr : &(*list)->items;
}

const Value::Entries* Value::entries() const {
  const auto* context = as<std::shared_ptr<const ContextValue>>();
  return context == nullptr ? nullptr : &(*context)->entries;
}

const RangeValue* Value::range() const {
  const auto* range = as<std::shared_ptr<const RangeValue>>();
  return range == nullptr ? nullptr : range->get();
}

std::shared_ptr<const Function> Value::function() const {
  const auto* function = as<std::shared_ptr<const Function>>();
  return function == nullptr ? nullptr : *function;
}

const Value* Value::entry(std::string_view name) const {
  const auto* all = entries();
  if (all == nullptr) return nullptr;
  for (const auto& [key, value] : *all) {
    if (key == name) return &value;
  }
  return nullptr;
}

Extent Value::extent() const {
  if (const auto* list = as<std::shared_ptr<const ListValue>>()) return (*list)->extent;
  if (const auto* context = as<std::shared_ptr<const ContextValue>>()) return (*context)->extent;
  if (const auto* held = text())
    return {1 + static_cast<std::int64_t>(held->size()) / kTextPart, 0};
  if (const auto* held = range()) return joined(joined(Extent{}, held->start), held->end);
  return {};
}

std::optional<std::string> text_of(const Value& value) {
  if (value.is_null() || value.function() != nullptr) return std::nullopt;
  if (const auto* text = value.text()) return *text;
  if (const auto* date = value.as<CalendarDate>()) return text_of(*date);
  if (const auto* time = value.as<TimeOfDay>()) return text_of(*time);
  if (const auto* at = value.as<DateAndTime>()) return text_of(*at);
  if (const auto* duration = value.as<DaysAndTime>()) return text_of(*duration);
  if (const auto* duration = value.as<YearsAndMonths>()) return text_of(*duration);
  return literal_of(value);
}

std::string literal_of(const Value& value) {
  return std::visit(Literal{}, value.held());
}

std::string_view kind_of(const Value& value) {
  constexpr std::string_view kKinds[] = {"null",
                                         "boolean",
                                         "number",
                                         "string",
                                         "date",
                                         "time",
                                         "date and time",
                                         "days and time duration",
                                         "years and months duration",
                                         "list",
                                         "context",
                                         "range",
                                         "function"};
  return kKinds[value.held().index()];
}

}  // namespace jishi::feel
