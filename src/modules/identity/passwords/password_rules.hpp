#pragma once
// What a password must be. Length counts; which signs it is made of does not.

#include <optional>
#include <string_view>

#include "base/result.hpp"

namespace jishi::identity {

/// A character outside ASCII, of which there are thousands, counts as two.
inline constexpr std::size_t kMinPassword = 12;
inline constexpr std::size_t kMaxPasswordBytes = 256;

/// identity.password_short, password_long, password_common, password_like_login; pure.
std::optional<Error> refuse_password(std::string_view password, std::string_view login);

}  // namespace jishi::identity
