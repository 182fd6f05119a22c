#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace jishi::files {

/// The content of a file that is read as a whole. Errors: files.unreadable, files.too_large.
Result<std::string> read_whole(const std::filesystem::path& file, std::size_t most_bytes);

/// Writes a file by way of another beside it, so that it is there whole or as it was. Errors:
/// files.unwritable.
Result<Done> write_whole(const std::filesystem::path& file, std::string_view content);

/// As write_whole(), for its owner only, with the folders that are missing; waits until all of it
/// lies on the disk. Errors: files.unwritable.
Result<Done> write_for_good(const std::filesystem::path& file, std::string_view content);

}  // namespace jishi::files
