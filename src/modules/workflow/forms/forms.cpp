#include "modules/workflow/forms/forms.hpp"

#include <fmt/ranges.h>

#include "base/date.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "base/texts.hpp"

namespace jishi::workflow {

namespace {

using boost::json::object;
using Json = boost::json::value;

// Set when a case begins; who may act, and by which terms, rests on them.
constexpr std::string_view kReserved[] = {
    "organisation",      "superior",   "branch",   "committee", "department", "person",
    "initiator",         "case",       "settings", "sender",    "receiver",   "region",
    "organisation_kind", "branch_kind"};

const object* object_in(const object& holder, std::string_view name) {
  const Json* found = holder.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

std::optional<double> number_in(const object& holder, std::string_view name) {
  const Json* found = holder.if_contains(name);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  return found->to_number<double>();
}

bool is_of_type(const Json& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return true;
}

/// What people call what a field takes.
std::string_view word_of_type(std::string_view type) {
  if (type == "integer") return "workflow.type_integer";
  if (type == "number") return "workflow.type_number";
  if (type == "boolean") return "workflow.type_boolean";
  if (type == "array") return "workflow.type_array";
  if (type == "object") return "workflow.type_object";
  return "workflow.type_string";
}

/// A field as refusals name it: where it stands, and what it is called.
struct Field {
  std::string path;
  std::string title;
  std::string english;
};

Field field_of(const object& form, std::string_view name) {
  return {"variables." + std::string(name), title_of_field(form, name),
          title_of_field(form, name, Language::en)};
}

Error refused(std::string_view code, const Field& field, Arguments more = {}) {
  more.emplace_back("path", field.path);
  more.emplace_back("field", field.title);
  more.emplace_back("field_en", field.english);
  return fail(ErrorKind::invalid, code, std::move(more));
}

// Whatever else a browser would do with an address (`javascript:`) is no link.
bool is_link(std::string_view text) {
  return text.empty() || text.starts_with("https://") || text.starts_with("http://");
}

bool is_month(std::string_view text) {
  const auto period = parse_period(text);
  return text.empty() || (period && period->kind == PeriodKind::month);
}

// Whether it turns the direction of what follows, so that a name reads as another. Names of the
// registry are tidied instead; here a text is kept as it was sent.
bool turns_round(std::string_view text) {
  while (!text.empty()) {
    const auto [sign, length] = first_code_point(text);
    if ((sign >= 0x202A && sign <= 0x202E) || (sign >= 0x2066 && sign <= 0x2069)) return true;
    text.remove_prefix(length);
  }
  return false;
}

std::optional<Error> refuse_text(const Field& field, const object& schema, std::string_view text) {
  const auto most = number_in(schema, "maxLength").value_or(kMostFieldText);
  const auto least = number_in(schema, "minLength").value_or(0);
  const auto length = static_cast<double>(count_code_points(text));
  if (length > most || length < least) {
    return refused("workflow.field_text", field,
                   {{"least", std::to_string(static_cast<std::int64_t>(least))},
                    {"most", std::to_string(static_cast<std::int64_t>(most))}});
  }
  if (has_control(text) || turns_round(text)) return refused("workflow.field_control", field);
  if (text_in(schema, "format") == "date" && !parse_iso_date(text))
    return refused("workflow.field_date", field);
  if (text_in(schema, "format") == "month" && !is_month(text))
    return refused("workflow.field_month", field);
  if (text_in(schema, "format") == "uri" && !is_link(text))
    return refused("workflow.field_link", field);
  return std::nullopt;
}

std::optional<Error> refuse_number(const Field& field, const object& schema, double number) {
  const auto least = number_in(schema, "minimum");
  const auto most = number_in(schema, "maximum");
  if ((!least || number >= *least) && (!most || number <= *most)) return std::nullopt;
  const std::string_view bounds = !most    ? "workflow.bounds_least"
                                  : !least ? "workflow.bounds_most"
                                           : "workflow.bounds_both";
  const Arguments named{{"least", fmt::format("{}", least.value_or(0))},
                        {"most", fmt::format("{}", most.value_or(0))}};
  return refused("workflow.field_range", field,
                 {{"bounds", say(Language::zh, bounds, named)},
                  {"bounds_en", say(Language::en, bounds, named)}});
}

/// What a value is by itself: of its type, one of its choices, within its bounds.
std::optional<Error> refuse_value(const Field& field, const object& schema, const Json& value) {
  if (value.is_null()) return std::nullopt;
  if (!is_of_type(value, text_in(schema, "type"))) {
    const std::string_view type = word_of_type(text_in(schema, "type"));
    return refused("workflow.field_type", field,
                   {{"type", say(Language::zh, type)}, {"type_en", say(Language::en, type)}});
  }
  if (const Json* choices = schema.if_contains("enum"); choices != nullptr && choices->is_array()) {
    const auto& all = choices->get_array();
    if (std::find(all.begin(), all.end(), value) == all.end())
      return refused("workflow.field_choice", field);
  }
  if (const auto* text = value.if_string()) return refuse_text(field, schema, *text);
  if (value.is_number()) return refuse_number(field, schema, value.to_number<double>());
  return std::nullopt;
}

bool is_filled(const Json* value) {
  if (value == nullptr || value->is_null()) return false;
  const auto* text = value->if_string();
  return text == nullptr || !trim(*text).empty();
}

/// A member of a row: `清单第 2 项：数量`.
Field member_of(const Field& row, const object& schema, std::string_view name) {
  return {row.path + "." + std::string(name), row.title + "：" + title_of_field(schema, name),
          row.english + ": " + title_of_field(schema, name, Language::en)};
}

/// A row of a list: no member that its form does not name, what has to be there filled in.
std::optional<Error> refuse_row(const Field& field, const object& schema, const object& row) {
  const object* properties = object_in(schema, "properties");
  if (properties == nullptr) return std::nullopt;
  for (const auto& [name, value] : row) {
    const Field member = member_of(field, schema, name);
    const object* of = object_in(*properties, name);
    if (of == nullptr) return refused("workflow.field_unknown", member);
    if (auto error = refuse_value(member, *of, value)) return error;
  }
  const Json* required = schema.if_contains("required");
  if (required == nullptr || !required->is_array()) return std::nullopt;
  for (const Json& name : required->get_array()) {
    if (name.is_string() && !is_filled(row.if_contains(name.get_string())))
      return refused("workflow.row_incomplete", member_of(field, schema, name.get_string()));
  }
  return std::nullopt;
}

std::optional<Error> refuse_items(const Field& field, const object& schema,
                                  const boost::json::array& items) {
  const auto most = number_in(schema, "maxItems").value_or(kMostFieldItems);
  if (static_cast<double>(items.size()) > most) {
    return refused("workflow.too_many_items", field,
                   {{"most", std::to_string(static_cast<std::int64_t>(most))}});
  }
  const object* of = object_in(schema, "items");
  for (std::size_t i = 0; of != nullptr && i < items.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const Field item{fmt::format("{}[{}]", field.path, i), field.title + "第 " + number + " 项",
                     field.english + ", item " + number};
    if (items[i].is_null()) return refused("workflow.row_incomplete", item);
    if (auto error = refuse_value(item, *of, items[i])) return error;
    const object* row = items[i].if_object();
    if (row == nullptr) continue;
    if (auto error = refuse_row(item, *of, *row)) return error;
  }
  return std::nullopt;
}

std::optional<Error> refuse_field(const Field& field, const object& schema, const Json& value) {
  if (auto error = refuse_value(field, schema, value)) return error;
  if (const auto* items = value.if_array()) return refuse_items(field, schema, *items);
  return std::nullopt;
}

bool is_empty(const feel::Value* value) {
  return value == nullptr || value->is_null() ||
         (value->text() != nullptr && trim(*value->text()).empty()) ||
         (value->items() != nullptr && value->items()->empty());
}

}  // namespace

std::string title_of_field(const object& form, std::string_view name, Language language) {
  const object* properties = object_in(form, "properties");
  const object* schema = properties == nullptr ? nullptr : object_in(*properties, name);
  if (schema == nullptr) return std::string(name);
  const auto english = text_in(*schema, "x-title-en");
  if (language == Language::en && !english.empty()) return std::string(english);
  const auto title = text_in(*schema, "title");
  return std::string(title.empty() ? name : title);
}

bool has_field(const object& form, std::string_view name) {
  const object* properties = object_in(form, "properties");
  return properties != nullptr && properties->contains(name);
}

namespace {

/// The names of required fields that hold nothing yet.
std::vector<std::string> missing_names(const object& form, const feel::Value& variables) {
  std::vector<std::string> missing;
  const Json* required = form.if_contains("required");
  if (required == nullptr || !required->is_array()) return missing;
  for (const Json& name : required->get_array()) {
    if (!name.is_string()) continue;
    if (is_empty(variables.entry(std::string_view(name.get_string()))))
      missing.emplace_back(name.get_string());
  }
  return missing;
}

}  // namespace

std::optional<Error> refuse_missing(const object& form, const feel::Value& variables) {
  const auto names = missing_names(form, variables);
  if (names.empty()) return std::nullopt;
  const auto chinese = missing_fields(form, variables);
  const auto english = missing_fields(form, variables, Language::en);
  return fail(ErrorKind::refused, "workflow.fields_missing",
              {{"path", "variables." + names.front()},
               {"fields", fmt::format("{}", fmt::join(chinese, "、"))},
               {"fields_en", fmt::format("{}", fmt::join(english, ", "))}});
}

std::vector<std::pair<std::string, std::string>> known_fields_of(const object& form) {
  std::vector<std::pair<std::string, std::string>> known;
  const object* properties = object_in(form, "properties");
  if (properties == nullptr) return known;
  for (const auto& [name, value] : *properties) {
    const object* schema = value.if_object();
    const auto place = schema == nullptr ? std::string() : text_in(*schema, "x-known");
    if (!place.empty()) known.emplace_back(name, place);
  }
  return known;
}

std::string reason_field_of(const object& form) {
  const object* properties = object_in(form, "properties");
  if (properties == nullptr) return {};
  for (const auto& [name, value] : *properties) {
    const object* schema = value.if_object();
    const Json* said = schema == nullptr ? nullptr : schema->if_contains("x-reason");
    if (said != nullptr && said->is_bool() && said->get_bool()) return name;
  }
  return {};
}

std::vector<std::string> shown_fields_of(const object& form) {
  std::vector<std::string> names;
  const Json* shows = form.if_contains("x-shows");
  if (shows == nullptr || !shows->is_array()) return names;
  for (const Json& name : shows->get_array()) {
    if (name.is_string()) names.emplace_back(name.get_string());
  }
  return names;
}

std::optional<Error> refuse_fields(const object& form, const object& answer) {
  if (answer.size() > kMostFields) {
    return fail(ErrorKind::invalid, "workflow.too_many_fields",
                {{"path", "variables"}, {"limit", std::to_string(kMostFields)}});
  }
  const object* properties = object_in(form, "properties");
  for (const auto& [name, value] : answer) {
    const object* schema = properties == nullptr ? nullptr : object_in(*properties, name);
    const Field field = field_of(form, name);
    if (schema == nullptr) return refused("workflow.field_unknown", field);
    if (auto error = refuse_field(field, *schema, value)) return error;
  }
  return refuse_reserved(answer);
}

std::optional<Error> refuse_reserved(const object& answer) {
  for (const std::string_view name : kReserved) {
    if (answer.contains(name)) {
      return fail(ErrorKind::invalid, "workflow.field_reserved",
                  {{"path", "variables." + std::string(name)}, {"name", std::string(name)}});
    }
  }
  return std::nullopt;
}

std::vector<std::string> missing_fields(const object& form, const feel::Value& variables,
                                        Language language) {
  std::vector<std::string> missing = missing_names(form, variables);
  for (std::string& name : missing) name = title_of_field(form, name, language);
  return missing;
}

}  // namespace jishi::workflow
