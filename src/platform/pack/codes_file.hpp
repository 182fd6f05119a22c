#pragma once
// The code sets of a pack, from its codes.toml.

#include <filesystem>
#include <string_view>

#include "base/codes.hpp"
#include "base/result.hpp"

namespace jishi {

/// Reads code sets from the text of a codes.toml. `pack.codes_invalid` (arguments: file, line, why)
/// for what is not such a file, for a set or code that stands twice and for a word of two values.
Result<Codes> parse_codes(std::string_view toml, std::string_view shown_as);

/// Reads the codes.toml at `path`; `pack.codes_unreadable` when it cannot be opened.
Result<Codes> load_codes(const std::filesystem::path& path);

}  // namespace jishi
