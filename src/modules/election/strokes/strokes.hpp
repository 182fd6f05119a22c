#pragma once
// How many strokes characters have, and in which order: names on a ballot stand by it
// (姓氏笔画为序).

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"

namespace jishi::election {

/// A table of strokes: of each character the classes of its strokes, 1 横, 2 竖, 3 撇, 4 点, 5 折.
class Strokes {
 public:
  /// Reads strokes.tsv of a pack; a pack without it has an empty table. Error:
  /// election.strokes_invalid, with the line.
  static Result<Strokes> open(const std::filesystem::path& pack);

  /// The strokes of a character, as digits; empty where the table does not have it.
  const std::string& of(char32_t character) const;

  /// Whether a name goes before another: sign by sign, fewer strokes first, then by the class of
  /// the first stroke that differs, 横竖撇点折. A sign that the table does not have goes last.
  bool before(const std::string& name, const std::string& other) const;

  /// Whether the table has every character of a name.
  bool knows(const std::string& name) const;

 private:
  std::unordered_map<char32_t, std::string> strokes_;
};

}  // namespace jishi::election
