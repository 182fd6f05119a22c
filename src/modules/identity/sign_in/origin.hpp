#pragma once
// Where a request comes from, as much of it as is kept.

#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace jishi::identity {

inline constexpr std::string_view kSessionCookie = "jishi_session";
inline constexpr std::string_view kDeviceCookie = "jishi_device";
inline constexpr std::string_view kCsrfHeader = "x-csrf-token";

struct Origin {
  std::string address;  // of one sender: of IPv6 its /64
  std::string range;    // coarse: /24, of IPv6 /48
  std::string agent;    // shortened: Firefox · Windows
  std::string session;  // token in the cookie, if any
  std::string device;   // token in the cookie, if any
  bool secure = false;
};

Origin origin_of(const http::Request& request);

/// What is sent as `Set-Cookie`: HttpOnly, SameSite=Lax, Path=/, and Secure with the prefix
/// `__Host-` where the request came by TLS. An age of 0 deletes it; none lasts until the browser
/// is closed.
http::Header set_cookie(std::string_view name, std::string_view value, bool secure,
                        std::optional<std::int64_t> age_seconds = std::nullopt);

/// The session's token in a request, if it has one.
std::optional<std::string_view> session_token(const http::Request& request);

/// `203.0.113.*` of 203.0.113.7, `2001:db8:1::/48` of IPv6; what is no address stays empty.
std::string coarse_address(std::string_view address);

/// The browser and system of a User-Agent in a few words.
std::string short_agent(std::string_view agent);

}  // namespace jishi::identity
