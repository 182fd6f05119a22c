#include "platform/http/message.hpp"

#include <algorithm>

namespace jishi::http {

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    case Method::options: return "OPTIONS";
  }
  return "";
}

std::optional<std::string_view> find_field(const Fields& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return field.first == name; });
  if (found == fields.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string_view> Request::header(std::string_view lower_case_name) const {
  return find_field(headers, lower_case_name);
}

std::optional<std::string_view> Request::segment(std::string_view name) const {
  return find_field(segments, name);
}

}  // namespace jishi::http
