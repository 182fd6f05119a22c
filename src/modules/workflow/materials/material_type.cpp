#include "modules/workflow/materials/material_type.hpp"

#include <algorithm>
#include <fstream>

#include "base/text.hpp"
#include "platform/sheets/zip_package.hpp"

namespace jishi::workflow {

namespace {

constexpr std::size_t kLongestName = 150;  // signs
constexpr std::size_t kHead = 1'024;       // bytes in which a PDF names itself

constexpr MaterialType kTypes[] = {
    {"pdf", "application/pdf", "pdf", "pdf"},
    {"jpeg", "image/jpeg", "jpg", "jpeg"},
    {"png", "image/png", "png", "png"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
     "docx"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "xlsx"},
    {"ofd", "application/ofd", "ofd", "ofd"}};

std::string head_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string head(kHead, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

Error unknown_type(std::string_view name) {
  return fail(ErrorKind::invalid, "workflow.material_type",
              {{"path", "file"}, {"name", std::string(name)}});
}

/// Which of the packages it is that are zip archives.
Result<const MaterialType*> type_of_package(const std::filesystem::path& file,
                                            std::string_view name) {
  const auto package = sheets::ZipPackage::open({file, std::string(name), {}});
  if (!package) return unknown_type(name);
  const auto has = [&](std::string_view part) { return (*package)->has(part); };
  if (has("word/vbaProject.bin") || has("xl/vbaProject.bin")) {
    return fail(ErrorKind::invalid, "workflow.material_macros",
                {{"path", "file"}, {"name", std::string(name)}});
  }
  if (has("[Content_Types].xml") && has("word/document.xml")) return material_type("docx");
  if (has("[Content_Types].xml") && has("xl/workbook.xml")) return material_type("xlsx");
  if (has("OFD.xml")) return material_type("ofd");
  return unknown_type(name);
}

Result<const MaterialType*> type_by_content(const std::filesystem::path& file,
                                            std::string_view name) {
  const std::string head = head_of(file);
  if (head.find("%PDF-") != std::string::npos) return material_type("pdf");
  if (head.starts_with("\xff\xd8\xff")) return material_type("jpeg");
  if (head.starts_with("\x89PNG\r\n\x1a\n")) return material_type("png");
  if (head.starts_with("PK\x03\x04")) return type_of_package(file, name);
  return unknown_type(name);
}

std::string ending_of(std::string_view name) {
  const auto dot = name.rfind('.');
  std::string ending(dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1));
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char sign) {
    return static_cast<char>(sign >= 'A' && sign <= 'Z' ? sign - 'A' + 'a' : sign);
  });
  return ending;
}

}  // namespace

std::string_view media_types_of_materials() {
  static const std::string joined = [] {
    std::string types;
    for (const MaterialType& type : kTypes)
      types += (types.empty() ? "" : ", ") + std::string(type.media_type);
    return types;
  }();
  return joined;
}

const MaterialType* material_type(std::string_view word) {
  const auto* found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                   [word](const MaterialType& type) { return type.word == word; });
  return found == std::end(kTypes) ? nullptr : found;
}

Result<const MaterialType*> type_of_file(const std::filesystem::path& file, std::string_view name) {
  const auto type = type_by_content(file, name);
  if (!type) return type.error();
  const std::string ending = ending_of(name);
  if (ending != (*type)->ending && ending != (*type)->other_ending) {
    return fail(
        ErrorKind::invalid, "workflow.material_name",
        {{"path", "file"}, {"name", std::string(name)}, {"ending", std::string((*type)->ending)}});
  }
  return *type;
}

Result<std::string> kept_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string kept;
  for (const char sign : name) {
    const bool forbidden = static_cast<unsigned char>(sign) < 0x20 || sign == 0x7f ||
                           std::string_view("\"*:<>?|").find(sign) != std::string_view::npos;
    if (!forbidden) kept += sign;
  }
  kept = tidy(kept);
  while (kept.starts_with('.')) kept.erase(0, 1);
  if (kept.empty() || count_code_points(kept) > kLongestName) {
    return fail(ErrorKind::invalid, "workflow.material_unnamed",
                {{"path", "file"}, {"limit", std::to_string(kLongestName)}});
  }
  return kept;
}

}  // namespace jishi::workflow
