#pragma once
// What a file is, by its content: its name is only what its sender called it.

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.hpp"

namespace jishi::workflow {

struct MaterialType {
  std::string_view word;        // pdf
  std::string_view media_type;  // application/pdf
  std::string_view ending;      // pdf
  std::string_view other_ending;
};

/// By its word; nothing for one that is none.
const MaterialType* material_type(std::string_view word);

/// The media types of all that are taken, with ", " between them.
std::string_view media_types_of_materials();

/// The type of a file. Errors: workflow.material_type where it is none of those that are taken;
/// workflow.material_macros where it holds a program; workflow.material_name where its name says
/// something else than its content.
Result<const MaterialType*> type_of_file(const std::filesystem::path& file, std::string_view name);

/// A file's name as it may be kept: without folders, control signs and what file systems forbid.
/// Errors: workflow.material_unnamed.
Result<std::string> kept_name(std::string_view name);

}  // namespace jishi::workflow
