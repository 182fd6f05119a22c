#include "api/cross_site.hpp"

#include "platform/http/target.hpp"

namespace jishi::api {

namespace {

std::string_view port_of(std::string_view authority) {
  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
  return colon == authority.npos ? std::string_view() : authority.substr(colon + 1);
}

// A front may leave the port out of what it hands on, and a browser leaves out the usual one.
bool is_same_place(std::string_view origin, std::string_view host) {
  const auto scheme = origin.find("://");
  if (scheme == origin.npos) return false;  // `null`: a page without a place of its own
  const auto authority = http::parse_authority(origin.substr(scheme + 3));
  if (!authority || http::host_of(*authority) != http::host_of(host)) return false;
  const auto own = port_of(host);
  const auto other = port_of(*authority);
  return own.empty() || other.empty() || own == other;
}

}  // namespace

bool is_cross_site(const http::Request& request) {
  if (!http::changes(request.method) || request.header("authorization")) return false;
  if (const auto site = request.header("sec-fetch-site"))
    return *site != "same-origin" && *site != "none";
  const auto origin = request.header("origin");
  return origin && !is_same_place(*origin, request.host);
}

}  // namespace jishi::api
