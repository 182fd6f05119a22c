#include "api/schema.hpp"

#include <algorithm>

namespace jishi::api::detail {

std::string shape_name(std::string_view qualified) {
  std::string name;
  for (std::size_t at = 0; at < qualified.size();) {
    if (qualified.substr(at).starts_with("jishi::")) {
      at += std::string_view("jishi::").size();
    } else if (qualified.substr(at).starts_with("::")) {
      name += '.';
      at += 2;
    } else {
      const char c = qualified[at++];
      const bool letter =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || c == '_') name += c;
      if (c == '<') name += "_of_";
    }
  }
  return name;
}

boost::json::object nullable(boost::json::object schema) {
  if (const auto* type = schema.if_contains("type"); type != nullptr && type->is_string()) {
    schema["type"] = boost::json::array{*type, "null"};
    if (auto* words = schema.if_contains("enum")) words->as_array().emplace_back(nullptr);
    return schema;
  }
  return {{"anyOf", boost::json::array{std::move(schema), boost::json::object{{"type", "null"}}}}};
}

}  // namespace jishi::api::detail
