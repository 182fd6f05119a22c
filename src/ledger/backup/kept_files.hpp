#pragma once
// What a store keeps in files beside its tables: sealed, named by what is in them, never changed
// (papers of cases). A backup takes them along in a table of its own.

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/result.hpp"

namespace jishi {

/// Of a backup only; no store has it.
inline constexpr std::string_view kKeptFilesTable = "backup_file";
inline constexpr std::uintmax_t kMostKeptFileBytes = 32U << 20;

/// Where they lie in a data folder: `ab/abcdef…`, all names hexadecimal.
std::filesystem::path kept_files_folder(const std::filesystem::path& data_folder);

/// Puts the files of a data folder into the SQLite file of a backup. Whatever else lies there is
/// left out, also what is taken off meanwhile. Answers how many. Errors: files.unreadable,
/// files.too_large.
Result<std::int64_t> put_kept_files(const std::filesystem::path& data_folder,
                                    const std::filesystem::path& backup);

/// Writes the files of a backup into a data folder; one that is there already stays. Answers how
/// many there were. Errors: files.unwritable, ledger.backup_file_name.
Result<std::int64_t> take_kept_files(const std::filesystem::path& backup,
                                     const std::filesystem::path& data_folder);

/// Makes a store of a backup's file: the table is dropped, and its room given back.
void drop_kept_files(const std::filesystem::path& backup);

}  // namespace jishi
