#pragma once
// The English of what a pack's decisions and articles say in Chinese, as its wording.toml has it.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

/// An article as people know it, without the sources of the pack (`（S39）`, `S19b、S19c`).
std::string plain_basis(std::string_view basis);

/// Immutable, used from any thread.
class Wording {
 public:
  /// A pack without wording.toml has none. The names of roles come from its roles.toml. Error:
  /// workflow.wording_invalid, with what does not read.
  static Result<Wording> open(const std::filesystem::path& pack);

  /// A text in English; as it stands where the pack has none.
  std::string english(std::string_view chinese) const;
  /// An article as people know it, in a language.
  std::string basis(Language language, std::string_view basis) const;
  /// What stands at gateways, arrows and ends of drawings, each with its English.
  const std::map<std::string, std::string, std::less<>>& labels() const { return labels_; }
  /// Every text within a value, in English.
  void translate(boost::json::value& value) const;
  /// What a role is called; its id where the pack has no such role.
  std::string role(Language language, const std::string& role) const;

 private:
  /// A text with places: what stands between them, and what it becomes.
  struct Pattern {
    std::vector<std::string> pieces;   // one more than there are places
    std::vector<std::string> numbers;  // of the places, in their order
    std::string english;
  };
  void add(const std::string& chinese, const std::string& english);
  std::string filled(const Pattern& pattern, std::string_view text) const;

  std::map<std::string, std::string, std::less<>> texts_;
  std::vector<Pattern> patterns_;
  std::map<std::string, std::string, std::less<>> labels_;
  std::map<std::string, std::pair<std::string, std::string>, std::less<>> roles_;  // zh, en
};

}  // namespace jishi::workflow
