#include "modules/workflow/refusals/kept_refusal.hpp"

#include "base/json.hpp"
#include "base/texts.hpp"

namespace jishi::workflow {

std::string kept_refusal(const Error& error) {
  boost::json::object arguments;
  for (const auto& [name, value] : error.arguments) arguments[name] = value;
  return boost::json::serialize(
      boost::json::object{{"code", error.code}, {"arguments", std::move(arguments)}});
}

ShownRefusal shown_refusal(const std::string& kept, Language language) {
  if (kept.empty()) return {};
  const auto json = parse_json(kept);
  if (!json || !json->is_object() || !json->as_object().contains("code")) return {};
  Arguments arguments;
  for (const auto& [name, value] : json->at("arguments").as_object())
    arguments.emplace_back(name, std::string(value.as_string()));
  ShownRefusal shown;
  shown.code = std::string(json->at("code").as_string());
  shown.detail = say(language, *shown.code, arguments);
  return shown;
}

}  // namespace jishi::workflow
