#pragma once
// Secrets that are handed out and of which only a hash is kept: session tokens, one-time links.

#include <cstddef>
#include <string>
#include <string_view>

namespace jishi::crypto {

/// Bytes that nobody can foretell, of the system's source.
std::string random_bytes(std::size_t count);

/// Whether two texts are equal, in a time that does not tell where they differ.
bool equal_secrets(std::string_view one, std::string_view other);

}  // namespace jishi::crypto
