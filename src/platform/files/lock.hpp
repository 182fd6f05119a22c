#pragma once
#include <filesystem>
#include <memory>

#include "base/result.hpp"

namespace jishi::files {

/// Holds a folder for this process until destroyed. The kernel lets go of it when the process dies.
class FolderLock {
 public:
  /// Refused with files.folder_in_use, naming the process that holds it.
  static Result<std::unique_ptr<FolderLock>> take(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace jishi::files
