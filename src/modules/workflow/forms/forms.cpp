#include "modules/workflow/forms/forms.hpp"

#include "base/date.hpp"
#include "base/text.hpp"

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

std::string_view text_in(const object& holder, std::string_view name) {
  const Json* found = holder.if_contains(name);
  if (found == nullptr || !found->is_string()) return {};
  return found->get_string();
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

Error refused(std::string_view code, const object& form, std::string_view name,
              Arguments more = {}) {
  more.emplace_back("path", "variables." + std::string(name));
  more.emplace_back("field", title_of_field(form, name));
  return fail(ErrorKind::invalid, code, std::move(more));
}

std::optional<Error> refuse_text(const object& form, std::string_view name, const object& schema,
                                 std::string_view text) {
  const auto most = number_in(schema, "maxLength").value_or(kMostFieldText);
  const auto least = number_in(schema, "minLength").value_or(0);
  const auto length = static_cast<double>(count_code_points(text));
  if (length > most || length < least) {
    return refused("workflow.field_text", form, name,
                   {{"least", std::to_string(static_cast<std::int64_t>(least))},
                    {"most", std::to_string(static_cast<std::int64_t>(most))}});
  }
  if (text_in(schema, "format") == "date" && !parse_iso_date(text))
    return refused("workflow.field_date", form, name);
  return std::nullopt;
}

std::optional<Error> refuse_number(const object& form, std::string_view name, const object& schema,
                                   double number) {
  const auto least = number_in(schema, "minimum");
  const auto most = number_in(schema, "maximum");
  if ((!least || number >= *least) && (!most || number <= *most)) return std::nullopt;
  return refused("workflow.field_range", form, name,
                 {{"least", least ? fmt::format("{:g}", *least) : "–∞"},
                  {"most", most ? fmt::format("{:g}", *most) : "∞"}});
}

std::optional<Error> refuse_field(const object& form, std::string_view name, const object& schema,
                                  const Json& value) {
  if (value.is_null()) return std::nullopt;
  if (!is_of_type(value, text_in(schema, "type"))) {
    return refused("workflow.field_type", form, name,
                   {{"type", std::string(text_in(schema, "type"))}});
  }
  if (const Json* choices = schema.if_contains("enum"); choices != nullptr && choices->is_array()) {
    const auto& all = choices->get_array();
    if (std::find(all.begin(), all.end(), value) == all.end())
      return refused("workflow.field_choice", form, name);
  }
  if (const auto* text = value.if_string()) return refuse_text(form, name, schema, *text);
  if (value.is_number()) return refuse_number(form, name, schema, value.to_number<double>());
  return std::nullopt;
}

bool is_empty(const feel::Value* value) {
  return value == nullptr || value->is_null() ||
         (value->text() != nullptr && value->text()->empty()) ||
         (value->items() != nullptr && value->items()->empty());
}

}  // namespace

std::string title_of_field(const object& form, std::string_view name) {
  const object* properties = object_in(form, "properties");
  const object* schema = properties == nullptr ? nullptr : object_in(*properties, name);
  const auto title = schema == nullptr ? std::string_view() : text_in(*schema, "title");
  return std::string(title.empty() ? name : title);
}

std::vector<std::pair<std::string, std::string>> known_fields_of(const object& form) {
  std::vector<std::pair<std::string, std::string>> known;
  const object* properties = object_in(form, "properties");
  if (properties == nullptr) return known;
  for (const auto& [name, value] : *properties) {
    const object* schema = value.if_object();
    const auto place = schema == nullptr ? std::string_view() : text_in(*schema, "x-known");
    if (!place.empty()) known.emplace_back(name, place);
  }
  return known;
}

std::optional<Error> refuse_fields(const object& form, const object& answer) {
  if (answer.size() > kMostFields) {
    return fail(ErrorKind::invalid, "workflow.too_many_fields",
                {{"path", "variables"}, {"limit", std::to_string(kMostFields)}});
  }
  const object* properties = object_in(form, "properties");
  for (const auto& [name, value] : answer) {
    const object* schema = properties == nullptr ? nullptr : object_in(*properties, name);
    if (schema == nullptr) return refused("workflow.field_unknown", form, name);
    if (auto error = refuse_field(form, name, *schema, value)) return error;
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

std::vector<std::string> missing_fields(const object& form, const feel::Value& variables) {
  std::vector<std::string> missing;
  const Json* required = form.if_contains("required");
  if (required == nullptr || !required->is_array()) return missing;
  for (const Json& name : required->get_array()) {
    if (!name.is_string()) continue;
    if (is_empty(variables.entry(std::string_view(name.get_string()))))
      missing.push_back(title_of_field(form, name.get_string()));
  }
  return missing;
}

}  // namespace jishi::workflow
