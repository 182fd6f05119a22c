#include "platform/files/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

namespace jishi::files {

namespace {

Error failure(std::string_view code, const std::filesystem::path& file) {
  return fail(ErrorKind::invalid, code, {{"file", file.string()}});
}

/// Writes everything and waits until it lies on the disk.
bool write_through(const std::filesystem::path& file, std::string_view bytes) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  bool good = true;
  while (good && !bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    good = written > 0;
    if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  good = good && ::fsync(descriptor) == 0;
  return ::close(descriptor) == 0 && good;
}

bool sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool good = ::fsync(descriptor) == 0;
  return ::close(descriptor) == 0 && good;
}

}  // namespace

Result<std::string> read_whole(const std::filesystem::path& file, std::size_t most_bytes) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return failure("files.unreadable", file);
  std::ifstream stream(file, std::ios::binary);
  std::string content(most_bytes + 1, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (stream.bad() || !stream.eof()) {
    if (stream.gcount() <= static_cast<std::streamsize>(most_bytes)) {
      return failure("files.unreadable", file);
    }
    return fail(ErrorKind::invalid, "files.too_large",
                {{"file", file.string()}, {"limit", std::to_string(most_bytes)}});
  }
  content.resize(static_cast<std::size_t>(stream.gcount()));
  return content;
}

Result<Done> write_whole(const std::filesystem::path& file, std::string_view content) {
  std::filesystem::path beside = file;
  beside += ".part";
  {
    std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
    stream.flush();
    if (!stream) return failure("files.unwritable", file);
  }
  std::error_code error;
  std::filesystem::rename(beside, file, error);
  if (error) return failure("files.unwritable", file);
  return Done{};
}

Result<Done> write_for_good(const std::filesystem::path& file, std::string_view content) {
  std::error_code failed;
  std::filesystem::create_directories(file.parent_path(), failed);
  std::filesystem::path beside = file;
  beside += ".part";
  if (!failed && write_through(beside, content)) {
    std::filesystem::rename(beside, file, failed);
    if (!failed && sync_folder(file.parent_path())) return Done{};
  }
  return fail(ErrorKind::unavailable, "files.unwritable", {{"file", file.string()}});
}

}  // namespace jishi::files
