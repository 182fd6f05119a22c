#include "api/openapi.hpp"

#include <set>

#include "base/texts.hpp"

namespace jishi::api {

namespace {

using boost::json::array;
using boost::json::object;

/// What the parts of the document are called, by the module that begins a route's name.
std::string_view tag_text(std::string_view module) {
  constexpr std::pair<std::string_view, std::string_view> kTags[] = {
      {"api", "api.tag_api"},           {"division", "api.tag_division"},
      {"dues", "api.tag_dues"},         {"election", "api.tag_election"},
      {"export", "api.tag_export"},     {"governance", "api.tag_governance"},
      {"identity", "api.tag_identity"}, {"insight", "api.tag_insight"},
      {"intake", "api.tag_intake"},     {"jobs", "api.tag_jobs"},
      {"liaison", "api.tag_liaison"},   {"live", "api.tag_live"},
      {"orglife", "api.tag_orglife"},   {"registry", "api.tag_registry"},
      {"search", "api.tag_search"},     {"setup", "api.tag_setup"},
      {"system", "api.tag_system"},     {"trend", "api.tag_trend"},
      {"workflow", "api.tag_workflow"},
  };
  for (const auto& [name, code] : kTags) {
    if (name == module) return code;
  }
  return module;
}

object reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

std::string lower_name(http::Method method) {
  std::string name(http::name_of(method));
  for (char& c : name) c = static_cast<char>(c - 'A' + 'a');
  return name;
}

/// The names in braces of a pattern.
std::vector<std::string> segments_of(std::string_view pattern) {
  std::vector<std::string> names;
  for (std::size_t at = 0; (at = pattern.find('{', at)) != pattern.npos; ++at)
    names.emplace_back(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
  return names;
}

/// A pattern with every segment called the same.
std::string without_names(std::string_view pattern) {
  std::string plain;
  bool inside = false;
  for (const char c : pattern) {
    inside = c != '}' && (inside || c == '{');
    if (!inside || c == '{') plain += c;
  }
  return plain;
}

/// The path of the document that a pattern belongs to: one address is one path, whatever each of
/// its operations calls the segments.
std::string path_of(const object& paths, const std::string& pattern) {
  const auto same = std::find_if(paths.begin(), paths.end(), [&](const auto& path) {
    return without_names(path.key()) == without_names(pattern);
  });
  return same == paths.end() ? pattern : std::string(same->key());
}

void add_segments(const std::string& path, array& parameters) {
  for (const std::string& name : segments_of(path)) {
    const bool id = name != "rule" && name != "module" && name != "name" && name != "once" &&
                    name != "provider";
    object schema{{"type", "string"}};
    if (id) schema["pattern"] = "^[0-9]{1,19}$";
    parameters.push_back(
        object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", std::move(schema)}});
  }
}

void add_query(const Operation& operation, Schemas& schemas, array& parameters) {
  if (operation.query != nullptr) {
    object shape = operation.query(schemas);
    const auto* required = shape.if_contains("required");
    for (const auto& [name, schema] : shape.at("properties").as_object()) {
      const bool needed = required != nullptr &&
                          std::find(required->as_array().begin(), required->as_array().end(),
                                    name) != required->as_array().end() &&
                          schema.as_object().if_contains("type") != nullptr &&
                          schema.at("type") != "boolean";
      parameters.push_back(
          object{{"name", name}, {"in", "query"}, {"required", needed}, {"schema", schema}});
    }
  }
  if (operation.answer != nullptr && operation.method == http::Method::get)
    parameters.push_back(reference("parameters", "fields"));
  if (operation.list) parameters.push_back(reference("parameters", "format"));
  if (operation.previewed) parameters.push_back(reference("parameters", "preview"));
  if (operation.command) parameters.push_back(reference("parameters", "idempotencyKey"));
  if (operation.conditional) parameters.push_back(reference("parameters", "ifMatch"));
}

/// The shape of a body without what the address says already.
object body_shape(const Operation& operation, Schemas& schemas) {
  object shape = operation.body(schemas);
  auto& properties = shape.at("properties").as_object();
  array required;
  if (const auto* all = shape.if_contains("required")) required = all->as_array();
  for (const std::string& name : segments_of(operation.pattern)) {
    properties.erase(name);
    required.erase(std::remove(required.begin(), required.end(), boost::json::value(name)),
                   required.end());
  }
  if (required.empty()) {
    shape.erase("required");
  } else {
    shape["required"] = std::move(required);
  }
  return shape;
}

object responses_of(const Operation& operation, Schemas& schemas, Language language) {
  object done{{"description", say(language, operation.about.name)}};
  const object text{{"schema", object{{"type", "string"}}}};
  object content;
  if (operation.answer != nullptr)
    content["application/json"] = object{{"schema", operation.answer(schemas)}};
  if (operation.list || operation.table) {
    content["text/csv"] = text;
    content["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = text;
  }
  if (content.empty() && !operation.answer_type.empty()) {
    const bool json = operation.answer_type == "application/json";
    const object schema{{"type", json ? "object" : "string"}};
    for (std::string_view left = operation.answer_type; !left.empty();) {
      const auto end = std::min(left.find(", "), left.size());
      content[left.substr(0, end)] = object{{"schema", schema}};
      left.remove_prefix(std::min(end + 2, left.size()));
    }
  }
  if (!content.empty()) done["content"] = std::move(content);
  object responses;
  if (operation.previewed && operation.status != 200) {
    responses["200"] = done;
    responses["200"].as_object()["description"] = say(language, "api.previewed");
  }
  responses[std::to_string(operation.status)] = std::move(done);
  if (operation.answer != nullptr && operation.method == http::Method::get)
    responses["304"] = object{{"description", say(language, "api.status_304")}};
  if (operation.about.subject.kind == Subject::Kind::person)
    responses["308"] = object{{"description", say(language, "api.status_308")}};
  responses["default"] = reference("responses", "problem");
  responses["4XX"] =
      reference("responses", operation.answer_type == "text/html" ? "page" : "problem");
  return responses;
}

object operation_object(const Operation& operation, const std::string& path, Schemas& schemas,
                        Language language) {
  const auto dot = operation.about.name.find('.');
  array parameters;
  add_segments(path, parameters);
  add_query(operation, schemas, parameters);
  object made{{"operationId", operation.about.name},
              {"summary", say(language, operation.about.name)},
              {"description", say(language, operation.about.name)},
              {"tags", array{operation.about.name.substr(0, dot)}}};
  if (!parameters.empty()) made["parameters"] = std::move(parameters);
  if (operation.body != nullptr) {
    const bool form = operation.body_kind == http::BodyKind::upload;
    const object shape{{"schema", body_shape(operation, schemas)}};
    made["requestBody"] =
        object{{"required", true},
               {"content", object{{form ? "multipart/form-data" : "application/json", shape}}}};
  }
  made["responses"] = responses_of(operation, schemas, language);
  if (operation.about.subject.kind == Subject::Kind::open) {
    made["security"] = array{};
  } else {
    made["x-permission"] = operation.about.permission;
  }
  made["x-subject"] = boost::describe::enum_to_string(operation.about.subject.kind, "");
  return made;
}

object problem_shape() {
  const object text{{"type", "string"}};
  const object one{{"type", "object"},
                   {"properties", object{{"path", text}, {"code", text}, {"detail", text}}}};
  return {{"type", "object"},
          {"properties", object{{"type", text},
                                {"title", text},
                                {"status", object{{"type", "integer"}}},
                                {"detail", text},
                                {"code", text},
                                {"request", text},
                                {"path", text},
                                {"problems", object{{"type", "array"}, {"items", one}}}}},
          {"required", array{"type", "title", "status", "detail", "code", "request"}},
          {"additionalProperties", false}};
}

object components(Schemas schemas, Language language) {
  object shapes{{"problem", problem_shape()}};
  for (auto& [name, shape] : schemas) shapes[name] = std::move(shape);
  const object text{{"type", "string"}};
  object parameters{
      {"fields", object{{"name", "fields"},
                        {"in", "query"},
                        {"description", say(language, "api.about_fields")},
                        {"schema", text}}},
      {"format",
       object{{"name", "format"},
              {"in", "query"},
              {"description", say(language, "api.about_format")},
              {"schema", object{{"type", "string"}, {"enum", array{"json", "csv", "xlsx"}}}}}},
      {"preview", object{{"name", "preview"},
                         {"in", "query"},
                         {"description", say(language, "api.about_preview")},
                         {"schema", object{{"type", "boolean"}}}}},
      {"ifMatch", object{{"name", "If-Match"},
                         {"in", "header"},
                         {"required", true},
                         {"description", say(language, "api.about_if_match")},
                         {"schema", text}}},
      {"idempotencyKey", object{{"name", "Idempotency-Key"},
                                {"in", "header"},
                                {"description", say(language, "api.about_key")},
                                {"schema", object{{"type", "string"}, {"maxLength", 128}}}}}};
  const object problem{{"description", say(language, "api.about_problem")},
                       {"content", object{{"application/problem+json",
                                           object{{"schema", reference("schemas", "problem")}}}}}};
  object page = problem;  // what a browser opens tells its reason as a page
  page["content"].as_object()["text/html"] = object{{"schema", text}};
  return {
      {"schemas", std::move(shapes)},
      {"parameters", std::move(parameters)},
      {"responses", object{{"problem", problem}, {"page", std::move(page)}}},
      {"securitySchemes",
       object{{"session", object{{"type", "apiKey"}, {"in", "cookie"}, {"name", "jishi_session"}}},
              {"token", object{{"type", "http"}, {"scheme", "bearer"}}}}}};
}

}  // namespace

object openapi(const std::vector<Operation>& operations, Language language,
               std::string_view version) {
  Schemas schemas;
  object paths;
  std::set<std::string> tags;
  for (const Operation& operation : operations) {
    const std::string path = path_of(paths, operation.pattern);
    auto& item = paths[path];
    if (!item.is_object()) item = object();
    item.as_object()[lower_name(operation.method)] =
        operation_object(operation, path, schemas, language);
    tags.emplace(operation.about.name.substr(0, operation.about.name.find('.')));
  }
  array tag_list;
  for (const std::string& tag : tags)
    tag_list.push_back(object{{"name", tag}, {"description", say(language, tag_text(tag))}});
  return {{"openapi", "3.1.0"},
          {"info", object{{"title", say(language, "api.title")},
                          {"description", say(language, "api.description")},
                          {"version", version},
                          {"contact", object{{"name", "Jishi"}}}}},
          {"servers", array{object{{"url", "/"}}}},
          {"tags", std::move(tag_list)},
          {"security", array{object{{"session", array{}}}, object{{"token", array{}}}}},
          {"paths", std::move(paths)},
          {"components", components(std::move(schemas), language)}};
}

}  // namespace jishi::api
