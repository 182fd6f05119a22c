#pragma once
// What fact kinds are called, from a pack's facts.toml.

#include <filesystem>
#include <map>
#include <string>

#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi {

/// A kind of fact: `orglife.activity_recorded`, and in a few words.
struct FactTitle {
  std::string name;
  std::string zh;
  std::string en;
  bool awaited = false;  // people look at their screens for it: told singly, however much there is
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

/// By their numbers.
using FactTitles = std::map<int, FactTitle>;

/// Reads facts.toml: of its texts what stands before the colon. Refused with
/// platform.facts_invalid (file, line, reason).
Result<FactTitles> load_fact_titles(const std::filesystem::path& file);

/// The title of a kind; of one that the pack does not know, `unknown`.
const FactTitle& title_of(const FactTitles& titles, int kind);

}  // namespace jishi
