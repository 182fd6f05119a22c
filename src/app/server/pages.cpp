#include "app/server/pages.hpp"

#include <map>

#include "base/json_text.hpp"
#include "base/texts.hpp"

namespace jishi::app {

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      default: safe += c;
    }
  }
  return safe;
}

std::string whole_page(Language language, std::string_view title, const std::string& body) {
  const std::string_view code = language == Language::zh ? "zh-CN" : "en";
  const std::string_view other = language == Language::zh ? "en" : "zh";
  return "<!doctype html>\n<html lang=\"" + std::string(code) +
         "\">\n<head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
         "<link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/style.css\"><title>" +
         escaped(title) + "</title></head>\n<body>\n<header><a class=\"name\" href=\"/?lang=" +
         (language == Language::zh ? "zh" : "en") + "\">" + say(language, "app.page_name") +
         "</a><nav><a href=\"/api?lang=" + (language == Language::zh ? "zh" : "en") + "\">" +
         say(language, "app.page_reference") + "</a> <a href=\"?lang=" + std::string(other) +
         "\" lang=\"" + (other == "en" ? "en" : "zh-CN") + "\">" +
         (other == "en" ? "English" : "中文") + "</a></nav></header>\n<main>\n" + body +
         "</main>\n</body>\n</html>\n";
}

namespace {

using boost::json::object;

/// The type of a schema in a word or a link to its shape.
std::string type_of(const object& schema) {
  const std::string target = text_in(schema, "$ref");
  if (!target.empty()) {
    const std::string name = target.substr(target.rfind('/') + 1);
    return "<a href=\"#" + escaped(name) + "\">" + escaped(name) + "</a>";
  }
  if (const auto* any = schema.if_contains("anyOf"))
    return type_of(any->as_array().front().as_object()) + " | null";
  if (const auto* words = schema.if_contains("enum")) {
    std::string list;
    for (const auto& word : words->as_array())
      list += (list.empty() ? "" : " | ") + escaped(boost::json::serialize(word));
    return list;
  }
  if (const auto* items = schema.if_contains("items"))
    return "[" + type_of(items->as_object()) + "]";
  const auto* type = schema.if_contains("type");
  if (type == nullptr) return "";
  std::string word;
  if (const auto* types = type->if_array()) {
    for (const auto& one : *types)
      word += (word.empty() ? "" : " | ") + std::string(one.as_string());
  } else {
    word = std::string(type->as_string());
  }
  const std::string format = text_in(schema, "format");
  return escaped(format.empty() ? word : word + " (" + format + ")");
}

std::string properties(const object& shape, Language language) {
  const auto* members = shape.if_contains("properties");
  if (members == nullptr || members->as_object().empty()) return "";
  const auto* required = shape.if_contains("required");
  std::string rows;
  for (const auto& [name, schema] : members->as_object()) {
    const bool needed =
        required != nullptr && std::find(required->as_array().begin(), required->as_array().end(),
                                         boost::json::value(name)) != required->as_array().end();
    rows += "<tr><th scope=\"row\"><code>" + escaped(name) + "</code></th><td>" +
            type_of(schema.as_object()) + "</td><td>" +
            (needed ? say(language, "app.page_required") : "") + "</td></tr>\n";
  }
  return "<table>" + rows + "</table>\n";
}

std::string place_of_parameter(const object& parameter, Language language) {
  const std::string place = text_in(parameter, "in");
  if (place == "path") return say(language, "app.page_in_path");
  return say(language, place == "header" ? "app.page_in_header" : "app.page_in_query");
}

/// What many operations take, told once.
std::string shared_parameters(const object& openapi, Language language) {
  std::string rows;
  for (const auto& [key, parameter] : openapi.at("components").at("parameters").as_object()) {
    const object& one = parameter.as_object();
    rows += "<tr id=\"parameter-" + escaped(key) + "\"><th scope=\"row\"><code>" +
            escaped(text_in(one, "name")) + "</code></th><td>" + place_of_parameter(one, language) +
            "</td><td>" + escaped(text_in(one, "description")) + "</td></tr>\n";
  }
  return "<h2 id=\"shared\">" + say(language, "app.page_shared") +
         "</h2>\n<section><table class=\"shared\">" + rows + "</table></section>\n";
}

std::string parameters(const object& operation, Language language) {
  const auto* list = operation.if_contains("parameters");
  if (list == nullptr) return "";
  std::string rows;
  std::string shared;
  for (const auto& parameter : list->as_array()) {
    const object& one = parameter.as_object();
    if (const std::string target = text_in(one, "$ref"); !target.empty()) {
      const std::string key = escaped(target.substr(target.rfind('/') + 1));
      shared += " <a href=\"#parameter-" + key + "\">" + key + "</a>";
      continue;
    }
    const bool needed = one.if_contains("required") != nullptr && one.at("required").as_bool();
    rows += "<tr><th scope=\"row\"><code>" + escaped(text_in(one, "name")) + "</code></th><td>" +
            place_of_parameter(one, language) + "</td><td>" +
            type_of(one.at("schema").as_object()) + "</td><td>" +
            (needed ? say(language, "app.page_required") : "") + "</td></tr>\n";
  }
  std::string text = rows.empty() ? "" : "<table>" + rows + "</table>\n";
  if (!shared.empty())
    text += "<p class=\"answer\">" + say(language, "app.page_shared") + shared + "</p>\n";
  return text;
}

const object* schema_in(const object& holder, const char* member) {
  const auto* found = holder.if_contains(member);
  if (found == nullptr) return nullptr;
  const auto* content = found->as_object().if_contains("content");
  if (content == nullptr || content->as_object().empty()) return nullptr;
  return &content->as_object().begin()->value().as_object().at("schema").as_object();
}

std::string answer_of(const object& operation) {
  std::string text;
  for (const auto& [status, answer] : operation.at("responses").as_object()) {
    if (status == "default" || status == "4XX" || status == "304") continue;
    const object responses{{status, answer}};
    const object* schema = schema_in(responses, std::string(status).c_str());
    text += "<p class=\"answer\">→ <b>" + std::string(status) + "</b> " +
            (schema == nullptr ? "" : type_of(*schema)) + "</p>\n";
  }
  return text;
}

std::string operation_text(std::string_view method, std::string_view path, const object& operation,
                           Language language) {
  std::string text = "<section id=\"" + escaped(text_in(operation, "operationId")) +
                     "\"><h3><span class=\"method " + std::string(method) + "\">" +
                     std::string(method) + "</span> <code>" + escaped(path) + "</code></h3>\n<p>" +
                     escaped(text_in(operation, "summary")) + "</p>\n";
  const std::string permission = text_in(operation, "x-permission");
  if (!permission.empty())
    text += "<p class=\"permission\">" + say(language, "app.page_permission") + " <code>" +
            escaped(permission) + "</code></p>\n";
  text += parameters(operation, language);
  if (const object* body = schema_in(operation, "requestBody"))
    text += "<p class=\"answer\">" + say(language, "app.page_body") + "</p>\n" +
            properties(*body, language);
  return text + answer_of(operation) + "</section>\n";
}

}  // namespace

std::string start_page(Language language, std::string_view version) {
  std::string body = "<h1>" + say(language, "app.page_title") + "</h1>\n<p class=\"lead\">" +
                     say(language, "app.page_running", {{"version", std::string(version)}}) +
                     "</p>\n<ul class=\"links\">";
  const std::pair<std::string_view, std::string_view> links[] = {
      {"/api", "app.page_to_reference"},
      {"/api/openapi.json", "app.page_to_document"},
      {"/healthz", "app.page_to_health"},
  };
  for (const auto& [address, code] : links)
    body += "<li><a href=\"" + std::string(address) + "\"><code>" + std::string(address) +
            "</code></a> " + say(language, code) + "</li>\n";
  return whole_page(language, say(language, "app.page_title"), body + "</ul>\n");
}

std::string reference_page(const object& openapi, Language language) {
  std::map<std::string, std::string> by_tag;
  for (const auto& [path, item] : openapi.at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) {
      const object& described = operation.as_object();
      by_tag[std::string(described.at("tags").at(0).as_string())] +=
          operation_text(method, path, described, language);
    }
  }
  std::string body = "<h1>" + escaped(text_in(openapi.at("info").as_object(), "title")) +
                     "</h1>\n<p class=\"lead\">" +
                     escaped(text_in(openapi.at("info").as_object(), "description")) + "</p>\n";
  body += "<nav class=\"parts\">";
  for (const auto& tag : openapi.at("tags").as_array())
    body += "<a href=\"#part-" + text_in(tag.as_object(), "name") + "\">" +
            escaped(text_in(tag.as_object(), "description")) + "</a> ";
  body += "<a href=\"#shapes\">" + say(language, "app.page_shapes") + "</a></nav>\n" +
          shared_parameters(openapi, language);
  for (const auto& tag : openapi.at("tags").as_array()) {
    const std::string name = text_in(tag.as_object(), "name");
    body += "<h2 id=\"part-" + name + "\">" + escaped(text_in(tag.as_object(), "description")) +
            "</h2>\n" + by_tag[name];
  }
  body += "<h2 id=\"shapes\">" + say(language, "app.page_shapes") + "</h2>\n";
  for (const auto& [name, shape] : openapi.at("components").at("schemas").as_object())
    body += "<section id=\"" + escaped(name) + "\"><h3><code>" + escaped(name) + "</code></h3>\n" +
            properties(shape.as_object(), language) + "</section>\n";
  return whole_page(language, say(language, "app.page_reference"), body);
}

std::string_view page_style() {
  return R"(:root { color-scheme: light dark; --ink: #1f2328; --dim: #57606a; --line: #d8dee4;
  --paper: #ffffff; --soft: #f6f8fa; --accent: #c7000b; --link: #0a5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9aa4af; --line: #343b44;
  --paper: #14181d; --soft: #1c2128; --accent: #ff7b72; --link: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 24px;
  padding: 12px max(16px, calc(50% - 480px)); border-top: 4px solid var(--accent);
  border-bottom: 1px solid var(--line); }
header .name { font-weight: 700; color: var(--ink); text-decoration: none; }
header nav { display: flex; gap: 16px; }
main { max-width: 992px; margin: 0 auto; padding: 16px; }
a { color: var(--link); }
h1 { font-size: 28px; line-height: 1.3; margin: 16px 0 8px; }
h2 { font-size: 21px; margin: 40px 0 8px; padding-top: 8px; border-top: 1px solid var(--line); }
h3 { font-size: 16px; margin: 0 0 4px; overflow-wrap: anywhere; }
.lead { color: var(--dim); max-width: 46em; }
.links li { margin: 8px 0; }
.parts { display: flex; flex-wrap: wrap; gap: 8px 16px; }
section { padding: 12px 16px; margin: 12px 0; background: var(--soft);
  border: 1px solid var(--line); border-radius: 8px; }
section p { margin: 4px 0; }
.permission, .answer { color: var(--dim); font-size: 14px; }
.method { display: inline-block; min-width: 4.2em; font: 700 13px/1.6 ui-monospace, monospace;
  text-transform: uppercase; color: var(--accent); }
code { font-family: ui-monospace, "Noto Sans Mono CJK SC", monospace; font-size: 14px; }
form { display: grid; gap: 4px; max-width: 24em; }
input { font: inherit; padding: 8px 12px; margin-bottom: 12px; color: var(--ink);
  background: var(--paper); border: 1px solid var(--dim); border-radius: 6px; }
button { font: inherit; font-weight: 700; padding: 10px 16px; color: #fff; background: #c7000b;
  border: 0; border-radius: 6px; cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.wrong { padding: 8px 12px; border-left: 4px solid var(--accent); background: var(--soft); }
table { border-collapse: collapse; width: 100%; margin: 4px 0; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; font-weight: 400;
  border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.shared th, .shared td { overflow-wrap: break-word; }
)";
}

}  // namespace jishi::app
