#pragma once
// Code sets: the closed lists of values that the pack declares (kinds of organisation, activity,
// sex …), each value with its code, its names in both languages and the ways people write it.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi {

/// One value of a code set.
struct CodeEntry {
  std::string code;
  std::string zh;
  std::string en;
  std::vector<std::string> synonyms;
};

/// A closed list of values. Written values are compared as codes are: full-width signs as
/// half-width ones, without regard to case or spaces.
class CodeSet {
 public:
  CodeSet() = default;
  /// `zh` and `en` name the set itself. Where two entries share a word, the first has it.
  CodeSet(std::string zh, std::string en, std::vector<CodeEntry> entries);

  /// What the set is a list of: `组织类别`.
  const std::string& title(Language language) const { return language == Language::zh ? zh_ : en_; }

  /// The code of a value written as its Chinese name, a synonym, or its code where that is a
  /// number (of a national standard); a list's own prefix (`223_`) is the caller's to drop.
  std::optional<std::string_view> code_of(std::string_view written) const;

  /// Whether a value has this code.
  bool has(std::string_view code) const { return by_code_.find(code) != by_code_.end(); }

  /// The name of a code; a code that is not in the set stands for itself.
  std::string_view label(std::string_view code, Language language) const;

  /// All values, in the pack's order.
  const std::vector<CodeEntry>& entries() const { return entries_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  template <class Value>
  using Index = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  std::string zh_;
  std::string en_;
  std::vector<CodeEntry> entries_;
  Index<std::size_t> by_code_;
  Index<std::size_t> by_writing_;
};

/// The code sets of a pack, by name.
class Codes {
 public:
  /// Adds a set, in the place of one of the same name.
  void add(std::string name, CodeSet set);

  /// The set of that name. A set that the pack lacks is empty: no value is in it.
  const CodeSet& set(std::string_view name) const;

  const std::vector<std::pair<std::string, CodeSet>>& all() const { return sets_; }

 private:
  std::vector<std::pair<std::string, CodeSet>> sets_;
};

/// Refuses a code that the set of this name does not have: base.code_unknown. `path` is the member
/// that holds it.
std::optional<Error> refuse_code(const Codes& codes, std::string_view set, std::string_view path,
                                 std::string_view code);

}  // namespace jishi
