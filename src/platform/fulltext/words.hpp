#pragma once
// What a person typed to find something: words, all of which must be there; "words in quotes" that
// stand together; and wor*, the beginning of one. Any bytes can be read.

#include "base/result.hpp"
#include "platform/fulltext/plain_text.hpp"

namespace jishi::fulltext {

inline constexpr std::size_t kMostTyped = 200;  // bytes
inline constexpr std::size_t kMostWords = 16;

/// One word, or some in quotes.
struct Wanted {
  std::u32string signs;  // as in a PlainText
  bool prefix = false;   // its last word may go on
};

/// From the first sign to before the last of a PlainText.
struct Hit {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Words {
 public:
  /// Fails with fulltext.nothing_wanted, fulltext.too_long, fulltext.too_many_words.
  static Result<Words> read(std::string_view typed);

  const std::vector<Wanted>& wanted() const { return wanted_; }
  /// The terms that every text has which holds all of them, each once.
  const std::vector<std::string>& terms() const { return terms_; }

 private:
  std::vector<Wanted> wanted_;
  std::vector<std::string> terms_;
};

/// Where one of the words stands in a text. Characters are found anywhere; words of letters and
/// digits as a whole. Between two words in quotes may be a gap, or none where one of the signs
/// beside it is a character.
std::vector<Hit> hits_of(const Wanted& wanted, const PlainText& text);

}  // namespace jishi::fulltext
