#pragma once
// What must not be readable in a stolen store: fields are sealed, and found again by a keyed index.
// Algorithms come from OpenSSL 3 and stand behind one interface, so that a certified module can
// take their place.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/blob.hpp"
#include "base/hash.hpp"
#include "base/result.hpp"

namespace jishi::crypto {

/// AES-256-GCM, or the commercial algorithms of GB/T 32907 and GB/T 32905 (OpenSSL 3.0 has no
/// SM4-GCM).
enum class Suite { aes_256_gcm, sm4_ctr_hmac_sm3 };

std::string_view name_of(Suite suite);
std::optional<Suite> suite_named(std::string_view name);

/// Seals and opens single fields with authentication. Thread-safe.
class Cipher {
 public:
  virtual ~Cipher() = default;
  /// `context` (table, field, row) must be given again to open: a cipher text moved elsewhere does
  /// not open.
  virtual Blob seal(std::string_view plain, std::string_view context) const = 0;
  /// Fails with crypto.not_opened when key, context or cipher text do not belong together.
  virtual Result<std::string> open(const Blob& sealed, std::string_view context) const = 0;
};

/// A cipher of a suite under a 32-byte key.
std::unique_ptr<Cipher> make_cipher(Suite suite, std::string_view key);

/// The secrets of one store, from a key file that only its owner can read and that is not kept in
/// the store.
class Keys {
 public:
  /// Writes a new key file (mode 0600); refuses to replace one.
  static Result<Keys> create(const std::filesystem::path& file, Suite suite);
  /// Reads a key file; refuses one that others may read.
  static Result<Keys> load(const std::filesystem::path& file);

  const Cipher& cipher() const { return *cipher_; }
  Suite suite() const { return suite_; }

  /// A keyed value that is equal exactly for equal texts of one purpose: HMAC-SHA-256, 16 bytes.
  Blob blind_index(std::string_view purpose, std::string_view text) const;

  /// Signs the ledger's head: HMAC-SHA-256 of its size and root.
  Hash seal_of_head(std::uint64_t size, const Hash& root) const;

 private:
  Keys(Suite suite, std::string_view master);

  Suite suite_;
  std::string index_key_;
  std::string head_key_;
  std::shared_ptr<const Cipher> cipher_;
};

}  // namespace jishi::crypto
