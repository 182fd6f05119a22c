#include "modules/workflow/materials/material_files.hpp"

#include "base/hash.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::workflow {

namespace {

constexpr std::size_t kSealing = 4'096;  // bytes that sealing adds at most

std::string context_of(const std::string& place) {
  return "workflow_material.content." + place;
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
  return files::write_for_good(file, keys_.cipher().seal(content, context_of(place)).bytes);
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
