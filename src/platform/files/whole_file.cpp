#include "platform/files/whole_file.hpp"

#include <fstream>

namespace jishi::files {

namespace {

Error failure(std::string_view code, const std::filesystem::path& file) {
  return fail(ErrorKind::invalid, code, {{"file", file.string()}});
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

}  // namespace jishi::files
