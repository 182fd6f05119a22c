#include <openssl/rand.h>

#include <stdexcept>

#include "platform/http/shared.hpp"

namespace jishi::http {

std::string new_request_id() {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::size_t kBytes = 8;
  constexpr std::size_t kIds = 64;  // asked for at once: the generator takes a lock
  thread_local std::array<unsigned char, kBytes * kIds> bytes{};
  thread_local std::size_t next = kIds;
  if (next == kIds) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
      throw std::runtime_error("RAND_bytes failed");
    next = 0;
  }
  std::string id;
  id.reserve(2 * kBytes);
  for (std::size_t i = 0; i < kBytes; ++i) {
    const unsigned char byte = bytes[next * kBytes + i];
    id += kHex[byte >> 4U];
    id += kHex[byte & 0xFU];
  }
  ++next;
  return id;
}

}  // namespace jishi::http
