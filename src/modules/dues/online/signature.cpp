#include "modules/dues/online/signature.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/hash.hpp"
#include "platform/crypto/mac.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::dues {

namespace {

std::optional<std::int64_t> time_of(std::string_view text) {
  std::int64_t time = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, time);
  if (text.empty() || read.ec != std::errc() || read.ptr != end || time < 0) return std::nullopt;
  return time;
}

// No line break among them: the parts of what is signed cannot be taken for one another.
bool is_nonce(std::string_view text) {
  return !text.empty() && text.size() <= kMostNonce &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

}  // namespace

std::string signature_of(std::string_view secret, const Signed& what) {
  std::string message(what.time);
  message += '\n';
  message += what.nonce;
  message += '\n';
  message += what.body;
  return to_hex(crypto::hmac("SHA256", secret, message));
}

bool is_signed(std::string_view secret, const Signed& what, std::string_view signature,
               std::int64_t now_ms) {
  const auto time = time_of(what.time);
  if (secret.empty() || !time || !is_nonce(what.nonce)) return false;
  if (*time < now_ms - kNoticeHoldsMs || *time > now_ms + kNoticeHoldsMs) return false;
  return crypto::equal_secrets(signature_of(secret, what), signature);
}

}  // namespace jishi::dues
