#include "base/feel/types.hpp"

#include <algorithm>
#include <array>

#include "base/feel/function.hpp"

namespace jishi::feel {

namespace {

using Kind = Type::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 18> kNames{{
    {"Any", Kind::any},
    {"Null", Kind::null},
    {"boolean", Kind::boolean},
    {"number", Kind::number},
    {"string", Kind::string},
    {"date", Kind::date},
    {"time", Kind::time},
    {"date and time", Kind::date_and_time},
    {"days and time duration", Kind::days_and_time},
    {"years and months duration", Kind::years_and_months},
    {"list", Kind::list},
    {"context", Kind::context},
    {"range", Kind::range},
    {"function", Kind::function},
    // as older files have them
    {"any", Kind::any},
    {"dateTime", Kind::date_and_time},
    {"dayTimeDuration", Kind::days_and_time},
    {"yearMonthDuration", Kind::years_and_months},
}};

bool has_fields(const Value& value, const Type& type) {
  return std::all_of(type.fields.begin(), type.fields.end(), [&](const auto& field) {
    const Value* held = value.entry(field.name);
    return held != nullptr && (held->is_null() || is_instance(*held, field.type));
  });
}

bool holds_only(const std::vector<Value>& items, const Type& type) {
  if (type.parts.empty() || type.parts.front().kind == Kind::any) return true;
  return std::all_of(items.begin(), items.end(), [&](const Value& item) {
    return item.is_null() || is_instance(item, type.parts.front());
  });
}

bool is_range_of(const RangeValue& range, const Type& type) {
  if (type.parts.empty()) return true;
  const auto fits = [&](const Value& end) {
    return end.is_null() || is_instance(end, type.parts.front());
  };
  return fits(range.start) && fits(range.end);
}

bool conforms(const Type& type, const Type& to) {
  if (to.kind == Kind::any) return true;
  if (type.kind != to.kind || type.parts.size() != to.parts.size()) return false;
  for (std::size_t i = 0; i < type.parts.size(); ++i) {
    if (!conforms(type.parts[i], to.parts[i])) return false;
  }
  return std::all_of(to.fields.begin(), to.fields.end(), [&](const auto& field) {
    return std::any_of(type.fields.begin(), type.fields.end(), [&](const auto& own) {
      return own.name == field.name && conforms(own.type, field.type);
    });
  });
}

std::optional<Type> written_type(const Node& node);

std::optional<Type> type_of_literal(const Value& value) {
  for (const auto& [name, kind] : kNames) {
    const Type type{kind, {}, {}, {}};
    const bool plain = kind != Kind::any && kind != Kind::null && kind != Kind::list &&
                       kind != Kind::context && kind != Kind::range && kind != Kind::function;
    if (plain && is_instance(value, type)) return type;
  }
  return std::nullopt;
}

std::optional<Type> type_of_context(const syntax::Context& form) {
  Type type{Kind::context, {}, {}, {}};
  for (const syntax::Entry& entry : form.entries) {
    auto of = written_type(*entry.value);
    if (!of) return std::nullopt;
    type.fields.push_back({entry.name, std::move(*of)});
  }
  return type;
}

// What a function without a declared result gives, where its text shows it: a literal, a context of
// such. Nothing where only a call would tell.
std::optional<Type> written_type(const Node& node) {
  if (const auto* literal = std::get_if<syntax::Literal>(&node.form)) {
    return type_of_literal(literal->value);
  }
  const auto* context = std::get_if<syntax::Context>(&node.form);
  return context == nullptr ? std::nullopt : type_of_context(*context);
}

bool gives(const Function& function, const Type& wanted) {
  if (wanted.kind == Kind::any) return true;
  if (function.result.kind != Kind::any) return conforms(function.result, wanted);
  const auto shown = function.body == nullptr ? std::nullopt : written_type(*function.body);
  return !shown || conforms(*shown, wanted);
}

// Parameters may take more than is asked of them, the result may give less.
bool is_function_of(const Function& function, const Type& type) {
  if (type.parts.empty()) return true;
  if (function.builtin != nullptr) return true;
  if (function.parameters.size() + 1 != type.parts.size()) return false;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    if (!conforms(type.parts[i], function.parameters[i].type)) return false;
  }
  return gives(function, type.parts.back());
}

}  // namespace

std::optional<Type> built_in_type(std::string_view name) {
  for (const auto& [known, kind] : kNames) {
    if (known == name) return Type{kind, {}, {}, {}};
  }
  return std::nullopt;
}

bool is_instance(const Value& value, const Type& type) {
  if (value.is_null()) return type.kind == Kind::null;
  switch (type.kind) {
    case Kind::any: return true;
    case Kind::null: return false;
    case Kind::boolean: return value.boolean() != nullptr;
    case Kind::number: return value.number() != nullptr;
    case Kind::string: return value.text() != nullptr;
    case Kind::date: return value.as<CalendarDate>() != nullptr;
    case Kind::time: return value.as<TimeOfDay>() != nullptr;
    case Kind::date_and_time: return value.as<DateAndTime>() != nullptr;
    case Kind::days_and_time: return value.as<DaysAndTime>() != nullptr;
    case Kind::years_and_months: return value.as<YearsAndMonths>() != nullptr;
    case Kind::list: return value.items() != nullptr && holds_only(*value.items(), type);
    case Kind::context: return value.entries() != nullptr && has_fields(value, type);
    case Kind::range: return value.range() != nullptr && is_range_of(*value.range(), type);
    case Kind::function:
      return value.function() != nullptr && is_function_of(*value.function(), type);
    case Kind::unknown: return false;
  }
  return false;
}

std::optional<Value> converted(const Value& value, const Type& type) {
  if (value.is_null() || type.kind == Kind::any || is_instance(value, type)) return value;
  if (type.kind == Kind::list && value.items() == nullptr) {
    Value list = Value::list({value});
    if (is_instance(list, type)) return list;
  }
  if (const auto* items = value.items(); items != nullptr && items->size() == 1) {
    if (type.kind != Kind::list) return converted(items->front(), type);
  }
  if (const auto* date = value.as<CalendarDate>()) {
    if (type.kind == Kind::date_and_time) return DateAndTime{*date, {0, Zone::offset(0)}};
  }
  return std::nullopt;
}

std::string text_of(const Type& type) {
  if (type.kind == Kind::unknown) return type.name;
  const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                   [&](const auto& known) { return known.second == type.kind; });
  std::string text(found->first);
  if (type.kind == Kind::function && !type.parts.empty()) {
    std::string parameters;
    for (std::size_t i = 0; i + 1 < type.parts.size(); ++i) {
      parameters += (i > 0 ? ", " : "") + text_of(type.parts[i]);
    }
    return text + "<" + parameters + "> -> " + text_of(type.parts.back());
  }
  if (!type.parts.empty()) text += "<" + text_of(type.parts.front()) + ">";
  if (!type.fields.empty()) {
    std::string fields;
    for (const auto& [name, field] : type.fields) {
      fields += (fields.empty() ? "" : ", ") + name + ": " + text_of(field);
    }
    text += "<" + fields + ">";
  }
  return text;
}

}  // namespace jishi::feel
