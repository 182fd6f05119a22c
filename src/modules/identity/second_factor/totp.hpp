#pragma once
// Codes of an authenticator (RFC 6238: SHA-1, 30 seconds, six digits). Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jishi::identity {

inline constexpr int kCodeDigits = 6;
inline constexpr std::int64_t kStepMs = 30'000;
/// Clocks may differ by so many steps either way.
inline constexpr std::int64_t kStepsApart = 1;

/// The code of a step (RFC 4226), with its leading zeros.
std::string code_at(std::string_view secret, std::int64_t step, int digits = kCodeDigits);

/// The step whose code this is: now or one beside, and later than `last_taken`, since none is taken
/// twice.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code,
                                         std::int64_t now_ms, std::int64_t last_taken);

/// RFC 4648, without padding.
std::string base32(std::string_view bytes);

/// What an authenticator reads from a QR code. `account` and `issuer` in UTF-8.
std::string otpauth_uri(std::string_view secret, std::string_view account, std::string_view issuer);

}  // namespace jishi::identity
