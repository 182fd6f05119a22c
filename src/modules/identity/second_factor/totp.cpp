#include "modules/identity/second_factor/totp.hpp"

#include "platform/crypto/mac.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::identity {

namespace {

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char sign : text) {
    const bool plain = (sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z') ||
                       (sign >= 'a' && sign <= 'z') || sign == '-' || sign == '_' || sign == '.';
    encoded +=
        plain ? std::string(1, sign) : fmt::format("%{:02X}", static_cast<unsigned char>(sign));
  }
  return encoded;
}

}  // namespace

std::string code_at(std::string_view secret, std::int64_t step, int digits) {
  std::string counter(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) {
    counter[i] = static_cast<char>(step >> (56 - 8 * i) & 0xFF);
  }
  const std::string mac = crypto::hmac("SHA1", secret, counter);
  const auto octet = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(mac[at]));
  };
  const std::size_t at = octet(mac.size() - 1) & 0xFU;
  const std::uint32_t number =
      (octet(at) & 0x7FU) << 24U | octet(at + 1) << 16U | octet(at + 2) << 8U | octet(at + 3);
  std::uint32_t limit = 1;
  for (int i = 0; i < digits; ++i) limit *= 10;
  return fmt::format("{:0{}}", number % limit, digits);
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code,
                                         std::int64_t now_ms, std::int64_t last_taken) {
  const std::int64_t now = now_ms / kStepMs;
  std::optional<std::int64_t> found;
  for (std::int64_t step = now - kStepsApart; step <= now + kStepsApart; ++step) {
    // Every step is compared, so that the time tells nothing.
    if (crypto::equal_secrets(code_at(secret, step), code) && step > last_taken) found = step;
  }
  return found;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view kSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char byte : bytes) {
    bits = (bits << 8U | static_cast<unsigned char>(byte)) & 0xFFFU;
    held += 8;
    for (; held >= 5; held -= 5) text += kSigns[bits >> (held - 5) & 0x1FU];
  }
  if (held > 0) text += kSigns[bits << (5 - held) & 0x1FU];
  return text;
}

std::string otpauth_uri(std::string_view secret, std::string_view account,
                        std::string_view issuer) {
  return fmt::format(
      "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30",
      percent_encoded(issuer), percent_encoded(account), base32(secret));
}

}  // namespace jishi::identity
