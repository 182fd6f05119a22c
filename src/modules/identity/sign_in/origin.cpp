#include "modules/identity/sign_in/origin.hpp"

#include <arpa/inet.h>

namespace jishi::identity {

namespace {

constexpr std::size_t kMaxToken = 128;
constexpr std::size_t kMaxAgent = 40;
constexpr std::string_view kHostPrefix = "__Host-";

using Named = std::pair<std::string_view, std::string_view>;  // what stands in it, its name

// The first that is found names it: many call themselves what others are, too.
constexpr std::array<Named, 8> kBrowsers{{{"MicroMessenger", "WeChat"},
                                          {"Edg/", "Edge"},
                                          {"QQBrowser", "QQ"},
                                          {"Firefox/", "Firefox"},
                                          {"Chrome/", "Chrome"},
                                          {"Safari/", "Safari"},
                                          {"curl/", "curl"},
                                          {"python", "Python"}}};
constexpr std::array<Named, 7> kSystems{{{"HarmonyOS", "HarmonyOS"},
                                         {"Android", "Android"},
                                         {"iPhone", "iPhone"},
                                         {"iPad", "iPad"},
                                         {"Windows", "Windows"},
                                         {"Mac OS X", "macOS"},
                                         {"Linux", "Linux"}}};

template <std::size_t size>
std::string_view first_found(std::string_view text, const std::array<Named, size>& named) {
  for (const auto& [sign, name] : named) {
    if (text.find(sign) != text.npos) return name;
  }
  return {};
}

std::string cookie_name(std::string_view name, bool secure) {
  return (secure ? std::string(kHostPrefix) : std::string()) + std::string(name);
}

std::string cookie_of(const http::Request& request, std::string_view name) {
  const auto found = http::find_field(request.cookies, cookie_name(name, request.secure));
  return found && found->size() <= kMaxToken ? std::string(*found) : std::string();
}

// The first `bits` of an IPv6 address, or of the IPv4 address that it maps.
std::string range_of(std::string_view address, int of_v4, int of_v6) {
  const std::string text(address);
  in6_addr six{};
  in_addr four{};
  if (::inet_pton(AF_INET6, text.c_str(), &six) == 1) {
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
      std::memcpy(&four, &six.s6_addr[12], sizeof four);
    } else {
      for (int octet = of_v6 / 8; octet < 16; ++octet) six.s6_addr[octet] = 0;
      std::array<char, INET6_ADDRSTRLEN> shown{};
      ::inet_ntop(AF_INET6, &six, shown.data(), shown.size());
      return fmt::format("{}/{}", shown.data(), of_v6);
    }
  } else if (::inet_pton(AF_INET, text.c_str(), &four) != 1) {
    return {};
  }
  std::array<char, INET_ADDRSTRLEN> shown{};
  ::inet_ntop(AF_INET, &four, shown.data(), shown.size());
  std::string whole = shown.data();
  return of_v4 == 32 ? whole : whole.substr(0, whole.rfind('.') + 1) + "*";
}

}  // namespace

Origin origin_of(const http::Request& request) {
  Origin origin;
  origin.address = range_of(request.remote_address, 32, 64);
  origin.range = coarse_address(request.remote_address);
  origin.agent = short_agent(request.header("user-agent").value_or(""));
  origin.session = cookie_of(request, kSessionCookie);
  origin.device = cookie_of(request, kDeviceCookie);
  origin.secure = request.secure;
  return origin;
}

http::Header set_cookie(std::string_view name, std::string_view value, bool secure,
                        std::optional<std::int64_t> age_seconds) {
  std::string cookie = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax{}",
                                   cookie_name(name, secure), value, secure ? "; Secure" : "");
  if (age_seconds) cookie += fmt::format("; Max-Age={}", *age_seconds);
  return {"Set-Cookie", std::move(cookie)};
}

std::optional<std::string_view> session_token(const http::Request& request) {
  const auto found =
      http::find_field(request.cookies, request.secure ? "__Host-jishi_session" : kSessionCookie);
  if (!found || found->empty() || found->size() > kMaxToken) return std::nullopt;
  return found;
}

std::string coarse_address(std::string_view address) {
  return range_of(address, 24, 48);
}

std::string short_agent(std::string_view agent) {
  const auto browser = first_found(agent, kBrowsers);
  const auto system = first_found(agent, kSystems);
  if (browser.empty() && system.empty()) {
    std::string start(agent.substr(0, kMaxAgent));
    std::replace_if(
        start.begin(), start.end(), [](char sign) { return sign < ' ' || sign > '~'; }, '?');
    return start;
  }
  if (browser.empty() || system.empty()) return std::string(browser.empty() ? system : browser);
  return fmt::format("{} · {}", browser, system);
}

}  // namespace jishi::identity
