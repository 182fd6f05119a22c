#include "platform/crypto/mac.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>
#include <unordered_map>

namespace jishi::crypto {

namespace {

struct FreeMac {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void require(int code) {
  if (code != 1) throw std::runtime_error("OpenSSL refused a message authentication code");
}

MacContext keyed(const char* digest, std::string_view key) {
  static EVP_MAC* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  MacContext context(EVP_MAC_CTX_new(method));
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>(digest), 0),
      OSSL_PARAM_construct_end()};
  require(EVP_MAC_init(context.get(), octets(key), key.size(), parameters));
  return context;
}

std::string finish(EVP_MAC_CTX* context) {
  std::string code(EVP_MAX_MD_SIZE, '\0');
  std::size_t length = 0;
  require(
      EVP_MAC_final(context, reinterpret_cast<unsigned char*>(code.data()), &length, code.size()));
  code.resize(length);
  return code;
}

}  // namespace

std::string hmac(const char* digest, std::string_view key, std::string_view message) {
  const MacContext context = keyed(digest, key);
  require(EVP_MAC_update(context.get(), octets(message), message.size()));
  return finish(context.get());
}

std::string hmac_sha256_cached(std::string_view key, std::string_view purpose,
                               std::string_view message) {
  thread_local std::unordered_map<std::string, MacContext> contexts;
  auto& context = contexts[std::string(key)];
  if (!context) {
    context = keyed("SHA256", key);
  } else {
    require(EVP_MAC_init(context.get(), nullptr, 0, nullptr));  // the same key again
  }
  require(EVP_MAC_update(context.get(), octets(purpose), purpose.size()));
  require(EVP_MAC_update(context.get(), octets(message), message.size()));
  return finish(context.get());
}

std::string derive(const char* digest, std::string_view master, std::string_view purpose) {
  return hmac(digest, master, purpose);
}

}  // namespace jishi::crypto
