#pragma once
// What an account signs in with.

#include <optional>
#include <string>

#include "base/blob.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

struct Identity::Secrets {
  Id id = kNoId;
  std::string login;
  Id person = kNoId;
  std::string state;
  std::optional<std::string> password;  // its hash
  std::optional<Blob> totp;             // sealed
  std::string totp_state;
  std::int64_t totp_step = 0;

  BOOST_DESCRIBE_CLASS(Secrets, (),
                       (id, login, person, state, password, totp, totp_state, totp_step), (), ())
};

/// What the sealed secret of an authenticator is bound to.
std::string totp_context(Id account);

/// A recovery code as it was typed, as its hash: blanks, hyphens and case do not matter.
Hash recovery_hash(std::string_view code);

}  // namespace jishi::identity
