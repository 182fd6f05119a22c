#include "modules/workflow/kept_state/kept_value.hpp"

namespace jishi::workflow {

namespace {

using Json = boost::json::value;

Error damaged() {
  return fail(ErrorKind::unavailable, "workflow.state_damaged");
}

// What JSON has no form for is an object of one member, whose name begins with a mark that names
// in variables may have, too: contexts with such a name are written as a list of pairs.
constexpr char kMark = '@';

Json marked(const char* kind, std::string text) {
  return boost::json::object{{kind, std::move(text)}};
}

bool is_marked(const feel::Value::Entries& entries) {
  return entries.size() == 1 && entries.front().first.starts_with(kMark);
}

Json kept_context(const feel::Value::Entries& entries) {
  if (is_marked(entries)) {
    const auto& [name, value] = entries.front();
    return boost::json::object{{"@context", boost::json::array{name, kept_value(value)}}};
  }
  boost::json::object object;
  for (const auto& [name, value] : entries) object[name] = kept_value(value);
  return object;
}

Json kept_range(const feel::RangeValue& range) {
  return boost::json::object{
      {"@range", boost::json::array{kept_value(range.start), kept_value(range.end),
                                    range.start_included, range.end_included}}};
}

Json kept_number(const Decimal& number) {
  if (const auto whole = number.to_int64(); whole && Decimal(*whole).text() == number.text())
    return *whole;
  return marked("@number", number.text());
}

template <class T>
Result<feel::Value> read(const std::optional<T>& value) {
  if (!value) return damaged();
  return feel::Value(*value);
}

Result<feel::Value> read_range(const Json& kept) {
  const auto* parts = kept.if_array();
  if (parts == nullptr || parts->size() != 4 || !(*parts)[2].is_bool() || !(*parts)[3].is_bool())
    return damaged();
  auto start = value_of_kept((*parts)[0]);
  auto end = value_of_kept((*parts)[1]);
  if (!start || !end) return damaged();
  return feel::Value::range(
      {std::move(*start), std::move(*end), (*parts)[2].get_bool(), (*parts)[3].get_bool()});
}

Result<feel::Value> read_context(const boost::json::object& object) {
  feel::Value::Entries entries;
  entries.reserve(object.size());
  for (const auto& [name, kept] : object) {
    auto value = value_of_kept(kept);
    if (!value) return value;
    entries.emplace_back(std::string(name), std::move(*value));
  }
  return feel::Value::context(std::move(entries));
}

Result<feel::Value> read_pair(const Json& kept) {
  const auto* pair = kept.if_array();
  if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string()) return damaged();
  auto value = value_of_kept((*pair)[1]);
  if (!value) return value;
  return feel::Value::context({{std::string((*pair)[0].get_string()), std::move(*value)}});
}

Result<feel::Value> read_marked(std::string_view kind, const Json& kept) {
  if (kind == "@range") return read_range(kept);
  if (kind == "@context") return read_pair(kept);
  const auto* text = kept.if_string();
  if (text == nullptr) return damaged();
  if (kind == "@number") return read(Decimal::parse(*text));
  if (kind == "@date") return read(feel::parse_calendar_date(*text));
  if (kind == "@time") return read(feel::parse_time_of_day(*text));
  if (kind == "@moment") return read(feel::parse_date_and_time(*text));
  if (kind == "@days") return read(feel::parse_days_and_time(*text));
  if (kind == "@months") return read(feel::parse_years_and_months(*text));
  return damaged();
}

}  // namespace

Json kept_value(const feel::Value& value) {
  if (const auto* flag = value.boolean()) return *flag;
  if (const auto* number = value.number()) return kept_number(*number);
  if (const auto* text = value.text()) return boost::json::string(*text);
  if (const auto* entries = value.entries()) return kept_context(*entries);
  if (const auto* range = value.range()) return kept_range(*range);
  if (const auto* date = value.as<feel::CalendarDate>())
    return marked("@date", feel::text_of(*date));
  if (const auto* time = value.as<feel::TimeOfDay>()) return marked("@time", feel::text_of(*time));
  if (const auto* at = value.as<feel::DateAndTime>()) return marked("@moment", feel::text_of(*at));
  if (const auto* days = value.as<feel::DaysAndTime>())
    return marked("@days", feel::text_of(*days));
  if (const auto* months = value.as<feel::YearsAndMonths>())
    return marked("@months", feel::text_of(*months));
  const auto* items = value.items();
  if (items == nullptr) return nullptr;
  boost::json::array list;
  list.reserve(items->size());
  for (const feel::Value& item : *items) list.push_back(kept_value(item));
  return list;
}

Result<feel::Value> value_of_kept(const Json& kept) {
  if (kept.is_null()) return feel::Value();
  if (const auto* flag = kept.if_bool()) return feel::Value(*flag);
  if (const auto* whole = kept.if_int64()) return feel::Value(*whole);
  if (const auto* text = kept.if_string()) return feel::Value(std::string(*text));
  if (const auto* object = kept.if_object()) {
    if (object->size() == 1 && object->begin()->key().starts_with(kMark))
      return read_marked(object->begin()->key(), object->begin()->value());
    return read_context(*object);
  }
  const auto* list = kept.if_array();
  if (list == nullptr) return damaged();
  std::vector<feel::Value> items;
  items.reserve(list->size());
  for (const Json& item : *list) {
    auto value = value_of_kept(item);
    if (!value) return value;
    items.push_back(std::move(*value));
  }
  return feel::Value::list(std::move(items));
}

}  // namespace jishi::workflow
