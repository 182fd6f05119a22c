#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace jishi {

/// A SHA-256 value.
using Hash = std::array<std::uint8_t, 32>;

/// SHA-256 of the pieces, one after the other.
Hash sha256(std::string_view first, std::string_view second = {}, std::string_view third = {});

std::string_view bytes_of(const Hash& hash);
/// The hash held in exactly 32 bytes; anything else gives the hash of nothing but zeros.
Hash hash_of(std::string_view bytes);

std::string to_hex(std::string_view bytes);
std::string to_hex(const Hash& hash);
/// The bytes of an even number of hexadecimal digits; empty when `hex` is anything else.
std::string from_hex(std::string_view hex);

}  // namespace jishi
