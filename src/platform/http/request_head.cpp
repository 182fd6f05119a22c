#include "platform/http/request_head.hpp"

#include <arpa/inet.h>

#include "base/text.hpp"
#include "platform/http/multipart.hpp"
#include "platform/http/target.hpp"

namespace jishi::http {

namespace {

std::optional<Method> method_of(std::string_view name) {
  for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del,
                              Method::head, Method::options}) {
    if (name_of(method) == name) return method;
  }
  return std::nullopt;
}

bool is_json(std::string_view type) {
  return same_word(trimmed_header(type.substr(0, type.find(';'))), "application/json");
}

constexpr std::string_view kFor = "x-forwarded-for";

bool is_address(const std::string& text) {
  in6_addr parsed{};
  return ::inet_pton(AF_INET, text.c_str(), &parsed) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), &parsed) == 1;
}

// A name that is none could be read otherwise by whoever stands before us.
std::optional<Refusal> take_host(const RequestHead& head, Request& request) {
  const Header* host = nullptr;
  for (const Header& header : head.headers) {
    if (header.first != "host") continue;
    if (host != nullptr) return refusal(400, "http.host_missing");
    host = &header;
  }
  if (host == nullptr) {
    if (head.version >= 11) return refusal(400, "http.host_missing");
    return std::nullopt;
  }
  auto authority = parse_authority(host->second);
  if (!authority) return refusal(400, "http.host_invalid");
  request.host = std::move(*authority);
  return std::nullopt;
}

std::optional<Refusal> take_target(const RequestHead& head, Request& request,
                                   std::vector<std::string>& segments) {
  // The server as a whole, which only OPTIONS asks about.
  if (head.target == "*" && request.method == Method::options) {
    request.path = head.target;
    return std::nullopt;
  }
  auto target = parse_target(head.target);
  if (!target) {
    const bool too_long = target.error().code == "http.target_too_long";
    return Refusal{too_long ? 414 : 400, target.error()};
  }
  if (!target->authority.empty()) request.host = std::move(target->authority);
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  segments = std::move(target->segments);
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> take_head(RequestHead& head, Request& request,
                                 std::vector<std::string>& segments) {
  auto wrong_host = take_host(head, request);
  request.headers = std::move(head.headers);
  for (const auto& [name, value] : request.headers) {
    if (!is_utf8(value)) return refusal(400, "http.not_utf8");
  }
  const auto method = method_of(head.method);
  if (!method) return refusal(501, "http.method_unknown");
  request.method = *method;
  if (wrong_host) return wrong_host;
  if (auto wrong = take_target(head, request, segments)) return wrong;
  for (const auto& [name, value] : request.headers) {
    if (name != "cookie") continue;
    auto cookies = parse_cookies(value);
    std::move(cookies.begin(), cookies.end(), std::back_inserter(request.cookies));
  }
  return std::nullopt;
}

std::optional<Refusal> refuse_host(const std::vector<std::string>& hosts, const Request& request) {
  if (hosts.empty() || request.host.empty()) return std::nullopt;
  const auto host = host_of(request.host);
  if (std::find(hosts.begin(), hosts.end(), host) != hosts.end()) return std::nullopt;
  return refusal(421, "http.misdirected", {{"host", std::string(host)}});
}

void take_front(Request& request) {
  // The front's word is the last one: those before it are the peer's own.
  const auto chain = std::find_if(request.headers.rbegin(), request.headers.rend(),
                                  [](const Header& header) { return header.first == kFor; });
  if (chain != request.headers.rend()) {
    const auto comma = chain->second.rfind(',');
    const std::string last(
        trimmed_header(std::string_view(chain->second).substr(comma + 1)));  // npos + 1 is 0
    if (is_address(last)) request.remote_address = last;
  }
  if (request.header("x-forwarded-proto").value_or("") == "https") request.secure = true;
}

std::optional<Refusal> refuse_body(const Route& route, const RequestHead& head,
                                   const Request& request) {
  const auto expected = request.header("expect");
  if (expected && head.version >= 11 && !same_word(*expected, "100-continue"))
    return refusal(417, "http.expectation");
  if (!head.has_body()) return std::nullopt;
  if (route.body == BodyKind::none) return refusal(400, "http.no_body_here");
  const auto coding = request.header("content-encoding");
  if (coding && !same_word(*coding, "identity")) return refusal(415, "http.encoding");
  const auto type = request.header("content-type").value_or("");
  if (route.body == BodyKind::json && !is_json(type)) return refusal(415, "http.json_expected");
  if (route.body == BodyKind::upload && !Multipart::boundary_of(type))
    return refusal(415, "http.multipart_expected");
  if (head.length.value_or(0) > route.body_limit) {
    return refusal(413, "http.body_too_large", {{"limit", std::to_string(route.body_limit)}});
  }
  return std::nullopt;
}

bool expects_continue(const RequestHead& head, const Request& request) {
  return head.version >= 11 && head.has_body() && request.header("expect").has_value();
}

}  // namespace jishi::http
