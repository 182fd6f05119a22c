#pragma once
#include <string>

namespace jishi {

/// Bytes that are not text (a hash, a cipher text).
struct Blob {
  std::string bytes;

  friend bool operator==(const Blob&, const Blob&) = default;
};

}  // namespace jishi
