#pragma once
// The contents of papers, sealed, one file for each content: materials/ab/abcdef… in the data
// folder. The name is a keyed hash: whoever sees the folder cannot tell whether a paper they know
// is in it.

#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "platform/crypto/keys.hpp"

namespace jishi::workflow {

class MaterialFiles {
 public:
  MaterialFiles(std::filesystem::path folder, const crypto::Keys& keys)
      : folder_(std::move(folder)), keys_(keys) {}

  /// The name under which a content lies.
  std::string place_of(std::string_view content) const;
  /// Writes it for good, for its owner only; what is there already stays. Errors: files.unwritable.
  Result<Done> keep(const std::string& place, std::string_view content) const;
  /// Errors: workflow.material_gone, where the file is missing or was changed.
  Result<std::string> content(const std::string& place, std::size_t most_bytes) const;
  void forget(const std::string& place) const;

 private:
  std::filesystem::path path_of(const std::string& place) const;

  std::filesystem::path folder_;
  const crypto::Keys& keys_;
};

}  // namespace jishi::workflow
