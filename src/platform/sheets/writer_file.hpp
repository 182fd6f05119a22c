#pragma once
// The file that a writer makes: written under another name, so that a half-written one never stands
// where the whole one is looked for.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jishi::sheets {

class WriterFile {
 public:
  explicit WriterFile(std::filesystem::path path);
  /// Removes what is not finished.
  ~WriterFile();
  WriterFile(const WriterFile&) = delete;
  WriterFile& operator=(const WriterFile&) = delete;

  /// The name as errors show it.
  std::string name() const { return path_.filename().string(); }
  /// The name to write under.
  const std::filesystem::path& part() const { return part_; }
  /// Gives the file its name. Errors: `sheets.unwritable`.
  Result<Done> finish();
  /// The error `sheets.<code>` with the file's name.
  Error error(std::string_view code, Arguments more = {}) const;

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
  bool finished_ = false;
};

}  // namespace jishi::sheets
