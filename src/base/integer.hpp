#pragma once

#include <charconv>
#include <optional>
#include <string_view>

#include "base/id.hpp"

namespace jishi {

/// A whole number of 64 bits as it stands in a text: decimal, with nothing before or behind it.
inline std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || last != end) return std::nullopt;
  return number;
}

/// The id that a text is; kNoId where it is none.
inline Id parse_id(std::string_view text) {
  return parse_integer(text).value_or(kNoId);
}

}  // namespace jishi
