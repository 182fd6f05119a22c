#include "api/problem.hpp"

#include <boost/json.hpp>

#include "base/texts.hpp"

namespace jishi::api {

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid: return 400;
    case ErrorKind::unauthenticated: return 401;
    case ErrorKind::forbidden: return 403;
    case ErrorKind::not_found: return 404;
    case ErrorKind::conflict: return 409;
    case ErrorKind::refused: return 422;
    case ErrorKind::limited: return 429;
    case ErrorKind::unavailable: return 503;
  }
  return 500;
}

http::Response problem(const http::Request& request, Language language, const Error& error,
                       int status) {
  if (status == 0) status = status_of(error.kind);
  boost::json::object body{{"type", "urn:jishi:problem:" + error.code},
                           {"title", say(language, "api.status_" + std::to_string(status))},
                           {"status", status},
                           {"detail", say(language, error)},
                           {"code", error.code},
                           {"request", request.id}};
  for (const auto& [name, value] : error.arguments) {
    if (name == "path") body["path"] = value;
  }
  http::Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Content-Language", language == Language::zh ? "zh" : "en");
  response.body = boost::json::serialize(body);
  return response;
}

Language language_of_request(const http::Request& request) {
  const auto wanted = request.header("accept-language");
  if (!wanted) return Language::zh;
  const auto first = wanted->substr(0, wanted->find_first_of(",;"));
  return first.starts_with("en") ? Language::en : Language::zh;
}

}  // namespace jishi::api
