#pragma once
#include <string>
#include <string_view>

namespace jishi::crypto {

/// HMAC of a message under a key with a digest of OpenSSL ("SHA256", "SM3").
std::string hmac(const char* digest, std::string_view key, std::string_view message);

/// HMAC with SHA-256 through a keyed context of the thread: for many messages under one key.
std::string hmac_sha256_cached(std::string_view key, std::string_view purpose,
                               std::string_view message);

/// A key of 32 bytes for one purpose from a master key: HMAC(master, purpose), the one-step form of
/// HKDF.
std::string derive(const char* digest, std::string_view master, std::string_view purpose);

}  // namespace jishi::crypto
