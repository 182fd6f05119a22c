#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <atomic>
#include <stdexcept>

#include "platform/crypto/keys.hpp"
#include "platform/crypto/mac.hpp"

namespace jishi::crypto {

namespace {

struct FreeCipherContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipherContext>;

struct FreeCipher {
  void operator()(EVP_CIPHER* method) const { EVP_CIPHER_free(method); }
};
using CipherMethod = std::unique_ptr<EVP_CIPHER, FreeCipher>;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* room(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
int length_of(std::string_view text) {
  return static_cast<int>(text.size());
}

void require(int code) {
  if (code != 1) throw std::runtime_error("OpenSSL refused an operation");
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  require(RAND_bytes(room(bytes), static_cast<int>(count)));
  return bytes;
}

Error not_opened() {
  return fail(ErrorKind::unavailable, "crypto.not_opened");
}

// A context with its key already set up, one a thread: setting the key costs more than sealing a
// field.
template <class Make>
EVP_CIPHER_CTX* context_of_thread(std::uint64_t owner, Make&& make) {
  thread_local std::unordered_map<std::uint64_t, CipherContext> contexts;
  auto& context = contexts[owner];
  if (!context) context = make();
  return context.get();
}

// Never given out twice, unlike an address: a context must not outlive its key's owner under
// another's name.
std::uint64_t next_owner() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

/// Layout: nonce (12), tag (16), cipher text.
class AesGcm final : public Cipher {
 public:
  static constexpr std::size_t kNonce = 12;
  static constexpr std::size_t kTag = 16;

  explicit AesGcm(std::string_view key)
      : key_(key), method_(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)) {}
  ~AesGcm() override { OPENSSL_cleanse(key_.data(), key_.size()); }

  Blob seal(std::string_view plain, std::string_view context) const override {
    std::string sealed = random_bytes(kNonce) + std::string(kTag + plain.size(), '\0');
    EVP_CIPHER_CTX* gcm = with_key(seal_owner_, true);
    int length = 0;
    require(EVP_EncryptInit_ex2(gcm, nullptr, nullptr, octets(sealed), nullptr));
    require(EVP_EncryptUpdate(gcm, nullptr, &length, octets(context), length_of(context)));
    require(EVP_EncryptUpdate(gcm, room(sealed) + kNonce + kTag, &length, octets(plain),
                              length_of(plain)));
    require(EVP_EncryptFinal_ex(gcm, room(sealed) + kNonce + kTag + length, &length));
    require(EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_GCM_GET_TAG, kTag, room(sealed) + kNonce));
    return Blob{std::move(sealed)};
  }

  Result<std::string> open(const Blob& sealed, std::string_view context) const override {
    if (sealed.bytes.size() < kNonce + kTag) return not_opened();
    std::string bytes = sealed.bytes;
    std::string plain(bytes.size() - kNonce - kTag, '\0');
    EVP_CIPHER_CTX* gcm = with_key(open_owner_, false);
    int length = 0;
    require(EVP_DecryptInit_ex2(gcm, nullptr, nullptr, octets(bytes), nullptr));
    require(EVP_DecryptUpdate(gcm, nullptr, &length, octets(context), length_of(context)));
    require(EVP_DecryptUpdate(gcm, room(plain), &length, octets(bytes) + kNonce + kTag,
                              length_of(plain)));
    require(EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_GCM_SET_TAG, kTag, room(bytes) + kNonce));
    if (EVP_DecryptFinal_ex(gcm, room(plain) + length, &length) != 1) return not_opened();
    return plain;
  }

 private:
  EVP_CIPHER_CTX* with_key(std::uint64_t owner, bool encrypt) const {
    return context_of_thread(owner, [&] {
      CipherContext context(EVP_CIPHER_CTX_new());
      require(
          encrypt
              ? EVP_EncryptInit_ex2(context.get(), method_.get(), octets(key_), nullptr, nullptr)
              : EVP_DecryptInit_ex2(context.get(), method_.get(), octets(key_), nullptr, nullptr));
      return context;
    });
  }

  std::string key_;
  CipherMethod method_;
  const std::uint64_t seal_owner_ = next_owner();
  const std::uint64_t open_owner_ = next_owner();
};

/// Encrypt, then authenticate nonce, context and cipher text. Layout: nonce (16), tag (16), cipher
/// text.
class Sm4CtrHmac final : public Cipher {
 public:
  static constexpr std::size_t kNonce = 16;
  static constexpr std::size_t kTag = 16;

  explicit Sm4CtrHmac(std::string_view key)
      : cipher_key_(derive("SHA256", key, "sm4").substr(0, 16)),
        mac_key_(derive("SHA256", key, "sm3")),
        method_(EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr)) {}

  Blob seal(std::string_view plain, std::string_view context) const override {
    const std::string nonce = random_bytes(kNonce);
    const std::string cipher_text = crypt(plain, nonce);
    return Blob{nonce + tag(nonce, context, cipher_text) + cipher_text};
  }

  Result<std::string> open(const Blob& sealed, std::string_view context) const override {
    const std::string_view bytes = sealed.bytes;
    if (bytes.size() < kNonce + kTag) return not_opened();
    const std::string nonce(bytes.substr(0, kNonce));
    const auto cipher_text = bytes.substr(kNonce + kTag);
    const std::string expected = tag(nonce, context, cipher_text);
    if (CRYPTO_memcmp(expected.data(), bytes.data() + kNonce, kTag) != 0) return not_opened();
    return crypt(cipher_text, nonce);
  }

 private:
  std::string crypt(std::string_view text, const std::string& nonce) const {
    const CipherContext context(EVP_CIPHER_CTX_new());
    std::string result(text.size(), '\0');
    int length = 0;
    require(EVP_EncryptInit_ex2(context.get(), method_.get(), octets(cipher_key_), octets(nonce),
                                nullptr));
    require(EVP_EncryptUpdate(context.get(), room(result), &length, octets(text), length_of(text)));
    return result;
  }

  std::string tag(std::string_view nonce, std::string_view context,
                  std::string_view cipher_text) const {
    std::string message(nonce);
    message += std::to_string(context.size()) + ":";
    message += context;
    message += cipher_text;
    return hmac("SM3", mac_key_, message).substr(0, kTag);
  }

  std::string cipher_key_;
  std::string mac_key_;
  CipherMethod method_;
};

}  // namespace

std::unique_ptr<Cipher> make_cipher(Suite suite, std::string_view key) {
  switch (suite) {
    case Suite::aes_256_gcm: return std::make_unique<AesGcm>(key);
    case Suite::sm4_ctr_hmac_sm3: return std::make_unique<Sm4CtrHmac>(key);
  }
  return nullptr;
}

}  // namespace jishi::crypto
