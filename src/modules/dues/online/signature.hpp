#pragma once
// The proof that a notification comes from who has the secret, and just now: HMAC-SHA-256 over its
// time, its nonce and its raw body.

#include <cstdint>
#include <string>
#include <string_view>

namespace jishi::dues {

/// How far the time of a notification may be from the clock, either way.
inline constexpr std::int64_t kNoticeHoldsMs = std::int64_t{5} * 60 * 1000;
inline constexpr std::size_t kMostNonce = 64;

/// What is signed of a notification.
struct Signed {
  std::string_view time;   // milliseconds since 1970, in decimal digits
  std::string_view nonce;  // 1 to kMostNonce characters of a-z, A-Z, 0-9, `-` and `_`
  std::string_view body;   // as it came, byte for byte
};

/// 64 hexadecimal digits.
std::string signature_of(std::string_view secret, const Signed& what);

/// Whether the signature is that of the secret's holder, and of within five minutes of `now_ms`. In
/// a time that does not tell where it differs. Nothing is signed with an empty secret.
bool is_signed(std::string_view secret, const Signed& what, std::string_view signature,
               std::int64_t now_ms);

}  // namespace jishi::dues
