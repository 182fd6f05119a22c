#include "api/schema.hpp"

#include <algorithm>

namespace jishi::api::detail {

namespace {

/// How much of what follows says nothing to a reader of the document.
std::size_t skipped(std::string_view rest) {
  for (const std::string_view nothing :
       {"jishi::", "(anonymous namespace)::", "{anonymous}::", "<unnamed>::"}) {
    if (rest.starts_with(nothing)) return nothing.size();
  }
  return 0;
}

}  // namespace

std::string shape_name(std::string_view qualified) {
  std::string name;
  for (std::size_t at = 0; at < qualified.size();) {
    const auto rest = qualified.substr(at);
    if (const auto skip = skipped(rest); skip > 0) {
      at += skip;
    } else if (rest.starts_with("::")) {
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
