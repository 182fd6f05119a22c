#include "api/problem.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "base/texts.hpp"

namespace jishi::api {

namespace {

std::string_view title_of(int status) {
  switch (status) {
    case 400: return "api.status_400";
    case 401: return "api.status_401";
    case 403: return "api.status_403";
    case 404: return "api.status_404";
    case 405: return "api.status_405";
    case 408: return "api.status_408";
    case 409: return "api.status_409";
    case 412: return "api.status_412";
    case 413: return "api.status_413";
    case 414: return "api.status_414";
    case 415: return "api.status_415";
    case 417: return "api.status_417";
    case 421: return "api.status_421";
    case 422: return "api.status_422";
    case 428: return "api.status_428";
    case 429: return "api.status_429";
    case 431: return "api.status_431";
    case 501: return "api.status_501";
    case 503: return "api.status_503";
    case 505: return "api.status_505";
    default: return "api.status_500";
  }
}

/// After how many seconds to ask again, of what passes by itself.
std::string wait_of(const Error& error) {
  for (const auto& [name, value] : error.arguments) {
    if (name == "seconds") return value;
  }
  return "2";
}

std::string place_of(const Error& error) {
  const auto path = std::find_if(error.arguments.begin(), error.arguments.end(),
                                 [](const auto& argument) { return argument.first == "path"; });
  return path == error.arguments.end() ? "" : path->second;
}

boost::json::array each_of(Language language, const Error& error) {
  boost::json::array each;
  const auto add = [&](const Error& one) {
    each.push_back({{"path", place_of(one)}, {"code", one.code}, {"detail", say(language, one)}});
  };
  add(error);
  for (const Error& one : error.also) add(one);
  return each;
}

}  // namespace

int status_of(const Error& error) {
  if (error.code == "api.if_match_missing") return 428;
  if (error.code == "api.changed_meanwhile") return 412;
  return status_of(error.kind);
}

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
  if (status == 0) status = status_of(error);
  boost::json::object body{{"type", "urn:jishi:problem:" + error.code},
                           {"title", say(language, title_of(status))},
                           {"status", status},
                           {"detail", say(language, error)},
                           {"code", error.code},
                           {"request", request.id}};
  http::Response response;
  if (const std::string place = place_of(error); !place.empty()) {
    body["path"] = place;
    body["problems"] = each_of(language, error);
  }
  for (const auto& [name, value] : error.arguments) {
    if (name == "problems") body["problems"] = boost::json::parse(value);
  }
  response.status = status;
  response.content_type = "application/problem+json";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Content-Language", language == Language::zh ? "zh" : "en");
  // Busy, full or away; or too many of something: it may be otherwise in a moment.
  if (status == 429 || status == 503) response.headers.emplace_back("Retry-After", wait_of(error));
  response.body = boost::json::serialize(body);
  return response;
}

Language language_of_request(const http::Request& request) {
  const auto chosen = http::find_field(request.query, "lang");
  if (chosen == "zh") return Language::zh;
  if (chosen == "en") return Language::en;
  const auto wanted = request.header("accept-language");
  if (!wanted) return Language::zh;
  const auto first = wanted->substr(0, wanted->find_first_of(",;"));
  return first.starts_with("en") ? Language::en : Language::zh;
}

}  // namespace jishi::api
