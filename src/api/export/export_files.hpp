#pragma once
// The folder of finished exports: bounded, for a day, each for the account alone that asked for it.

#include <filesystem>

#include "api/export/export.hpp"

namespace jishi::api {

/// A finished export.
struct ExportFile {
  Id job = kNoId;
  Id account = kNoId;
  std::string address;  // of the list, without its query
  std::string list;     // the name of its route
  TableFormat format = TableFormat::csv;
  bool personal = false;
  std::string places;  // JSON: where the account's scope lay when it was made
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::int64_t made = 0;
  std::int64_t until = 0;  // milliseconds since 1970
};

class ExportFiles {
 public:
  static constexpr std::int64_t kKeepMs = 24 * 3'600'000;
  static constexpr std::int64_t kMaxOfAccount = 10;  // files
  static constexpr std::int64_t kMaxBytesOfAccount = std::int64_t{4} << 30U;
  static constexpr std::int64_t kMaxBytes = std::int64_t{20} << 30U;

  ExportFiles(Store& store, std::filesystem::path folder)
      : store_(store), folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path path_of(Id job, TableFormat format) const;

  /// Bytes that one more file of an account may have. Fails with api.too_many_exports,
  /// api.export_no_room.
  Result<std::int64_t> room(Id account, Id job);
  /// Notes a file that stands at its path; `made` and `until` are set here. Fails as room() does,
  /// and then the file is gone.
  Result<ExportFile> keep(ExportFile file);
  /// Nothing of one that is too old.
  std::optional<ExportFile> find(Id job);
  /// Whether there was one.
  bool drop(Id job);
  /// Takes away what is too old.
  void tidy();
  /// To be called before anything is written here: takes away what a program that was killed left
  /// behind.
  void tidy_at_start();

 private:
  void remove(Id job);

  Store& store_;
  const std::filesystem::path folder_;
};

}  // namespace jishi::api
