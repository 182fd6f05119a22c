#pragma once
// Names of FEEL: several words, with signs such as `-` or `+` inside (DMN 1.5, 10.3.1.2 rules 25
// to 30). Which signs belong to a name only the names that are known can tell.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jishi::feel {

bool is_name_start(char32_t sign);
bool is_name_part(char32_t sign);
/// `.`, `/`, `-`, `’`, `'`, `+`, `*`: signs that may stand within a name.
bool is_name_sign(char32_t sign);
/// Every blank and line break that may stand between two signs.
bool is_space(char32_t sign);
bool is_keyword(std::string_view word);

/// Whether a name can stand in an expression as it is, without being known before.
bool is_plain_name(std::string_view name);

/// One word or one sign of a name.
using NamePart = std::string_view;
/// The words and signs of a name; none when it is no name.
std::vector<NamePart> parts_of_name(std::string_view name);
/// A name with one space between words and none round signs, as names are compared.
std::string normal_name(std::string_view name);

/// The length of the longest prefix of `text` that spells the name, blanks between its parts
/// allowed; 0 when it does not, or goes on with a sign of the same word.
std::size_t match_name(std::string_view text, std::string_view name);

/// A set of names, found at the front of a text.
class NameSet {
 public:
  void add(std::string_view name);
  /// The longest name that the text begins with, and the bytes it takes; empty for none.
  struct Found {
    std::string_view name;
    std::size_t length = 0;
  };
  Found longest(std::string_view text) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> by_first_word_;
};

}  // namespace jishi::feel
