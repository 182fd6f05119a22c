#include "platform/files/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace jishi::files {

Result<std::unique_ptr<FolderLock>> FolderLock::take(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  const auto file = folder / "lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return fail(ErrorKind::unavailable, "files.folder_unusable",
                {{"folder", folder.string()}, {"reason", std::strerror(errno)}});
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 32> holder{};
    const ssize_t count = ::read(descriptor, holder.data(), holder.size() - 1);
    ::close(descriptor);
    const std::string pid =
        count > 0 ? std::string(holder.data(), static_cast<std::size_t>(count)) : "?";
    return fail(ErrorKind::conflict, "files.folder_in_use",
                {{"folder", folder.string()}, {"pid", pid}});
  }
  const std::string pid = std::to_string(::getpid());
  // The number only helps people; the lock holds without it (a full disk).
  if (::ftruncate(descriptor, 0) == 0) {
    [[maybe_unused]] const ssize_t written = ::write(descriptor, pid.data(), pid.size());
  }
  return std::unique_ptr<FolderLock>(new FolderLock(descriptor));
}

FolderLock::~FolderLock() {
  ::close(descriptor_);
}

}  // namespace jishi::files
