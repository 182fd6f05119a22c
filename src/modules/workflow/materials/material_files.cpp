#include "modules/workflow/materials/material_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "base/hash.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::workflow {

namespace {

constexpr std::size_t kSealing = 4'096;  // bytes that sealing adds at most

std::string context_of(const std::string& place) {
  return "workflow_material.content." + place;
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

std::string MaterialFiles::place_of(std::string_view content) const {
  return to_hex(keys_.blind_index("workflow_material", content).bytes);
}

std::filesystem::path MaterialFiles::path_of(const std::string& place) const {
  return folder_ / place.substr(0, 2) / place;
}

Result<Done> MaterialFiles::keep(const std::string& place, std::string_view content) const {
  const auto file = path_of(place);
  std::error_code failed;
  if (std::filesystem::exists(file, failed)) return Done{};
  std::filesystem::create_directories(file.parent_path(), failed);
  auto beside = file;
  beside += ".part";
  const Blob sealed = keys_.cipher().seal(content, context_of(place));
  if (!failed && write_through(beside, sealed.bytes)) {
    std::filesystem::rename(beside, file, failed);
    if (!failed && sync_folder(file.parent_path())) return Done{};
  }
  return fail(ErrorKind::unavailable, "files.unwritable", {{"file", file.string()}});
}

Result<std::string> MaterialFiles::content(const std::string& place, std::size_t most_bytes) const {
  const auto sealed = files::read_whole(path_of(place), most_bytes + kSealing);
  if (sealed) {
    auto opened = keys_.cipher().open(Blob{*sealed}, context_of(place));
    if (opened) return std::move(*opened);
  }
  return fail(ErrorKind::unavailable, "workflow.material_gone");
}

void MaterialFiles::forget(const std::string& place) const {
  std::error_code ignored;
  std::filesystem::remove(path_of(place), ignored);
}

}  // namespace jishi::workflow
