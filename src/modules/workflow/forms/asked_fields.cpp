#include "modules/workflow/forms/asked_fields.hpp"

#include "base/feel/json.hpp"
#include "base/json_text.hpp"
#include "modules/workflow/forms/forms.hpp"

namespace jishi::workflow {

namespace {

using boost::json::object;

// Set by the engine and by rule tasks whatever the file says.
constexpr std::string_view kOfTheEngine[] = {"outcome", "approvals", "rejections", "loopCounter"};

const object* object_in(const object& holder, std::string_view name) {
  const auto* found = holder.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

Error invalid(std::string_view name, std::string_view why) {
  return fail(ErrorKind::invalid, "workflow.fields_invalid",
              {{"path", "variables.asked_fields"},
               {"field", std::string(name)},
               {"why", std::string(why)}});
}

bool is_name(std::string_view name) {
  const auto fits = [](char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '_';
  };
  return !name.empty() && name.size() <= 64 && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), fits);
}

// A field of the process itself would be overwritten by the answer.
bool is_taken(const Playable& playable, std::string_view name) {
  for (const auto& [form, schema] : playable.forms) {
    const object* properties = object_in(schema, "properties");
    if (properties != nullptr && properties->contains(name)) return true;
  }
  for (const Node& node : playable.definition->nodes) {
    if (node.task.result == name) return true;
  }
  const auto* end = std::end(kOfTheEngine);
  return std::find(std::begin(kOfTheEngine), end, name) != end ||
         refuse_reserved(object{{name, nullptr}});
}

std::optional<Error> refuse_field(const Playable& playable, std::string_view name,
                                  const boost::json::value& value) {
  const object* field = value.if_object();
  if (field == nullptr || !is_name(name)) return invalid(name, "name");
  const std::string type = text_in(*field, "type");
  if (type != "string" && type != "integer" && type != "number" && type != "boolean")
    return invalid(name, "type");
  if (text_in(*field, "title").empty()) return invalid(name, "title");
  if (!is_taken(playable, name)) return std::nullopt;
  return fail(ErrorKind::refused, "workflow.field_taken",
              {{"path", "variables.asked_fields"}, {"field", std::string(name)}});
}

std::optional<Error> refuse_asked(const Deployments& deployments, const Playable& playable,
                                  const object& asked, Language language) {
  const object* properties = object_in(asked, "properties");
  if (properties == nullptr || properties->empty() || properties->size() > kMostAskedFields ||
      boost::json::serialize(asked).size() > kMostAskedBytes)
    return fail(ErrorKind::invalid, "workflow.fields_count",
                {{"path", "variables.asked_fields"},
                 {"most", std::to_string(kMostAskedFields)},
                 {"bytes", std::to_string(kMostAskedBytes)}});
  for (const auto& [name, value] : *properties) {
    if (auto refused = refuse_field(playable, name, value)) return refused;
  }
  if (const auto* required = asked.if_contains("required"); required != nullptr) {
    if (!required->is_array()) return invalid("", "required");
    for (const auto& name : required->get_array()) {
      if (!name.is_string() || !properties->contains(name.get_string()))
        return invalid("", "required");
    }
  }
  return deployments.known().refuse(asked, language);
}

}  // namespace

std::optional<object> form_of(const Playable& playable, const Node& node,
                              const feel::Value& variables) {
  const auto found = playable.forms.find(node.task.form);
  if (found == playable.forms.end()) return std::nullopt;
  object form = found->second;
  const std::string more = text_in(form, "x-more");
  const feel::Value* asked = more.empty() ? nullptr : variables.entry(more);
  if (asked == nullptr || asked->entries() == nullptr) return form;
  auto json = parse_json(feel::json_of(*asked));
  if (!json || !json->is_object()) return form;
  const object* properties = object_in(json->as_object(), "properties");
  auto* own = form["properties"].if_object();
  if (properties == nullptr || own == nullptr) return form;
  for (const auto& [name, value] : *properties) own->emplace(name, value);
  const auto* required = json->as_object().if_contains("required");
  if (required == nullptr || !required->is_array()) return form;
  auto& needed = form["required"];
  if (!needed.is_array()) needed = boost::json::array();
  for (const auto& name : required->get_array()) needed.get_array().push_back(name);
  return form;
}

std::optional<Error> refuse_answer(const Deployments& deployments, const Playable& playable,
                                   const object& form, const object& answer, Language language) {
  if (auto refused = refuse_fields(form, answer)) return refused;
  const object* properties = object_in(form, "properties");
  for (const auto& [name, value] : answer) {
    const object* field = properties == nullptr ? nullptr : object_in(*properties, name);
    if (field == nullptr || !field->contains("x-asks") || !value.is_object()) continue;
    if (auto refused = refuse_asked(deployments, playable, value.get_object(), language))
      return refused;
  }
  return std::nullopt;
}

}  // namespace jishi::workflow
