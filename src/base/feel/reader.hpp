#pragma once
// Reads signs, words and literals of an expression from its front; blanks and comments are passed
// over.

#include <optional>
#include <string>
#include <string_view>

#include "base/feel/syntax.hpp"

namespace jishi::feel {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  /// Where the next sign stands.
  std::size_t position();
  void go_to(std::size_t position) { position_ = position; }
  bool at_end() { return position() == text_.size(); }
  /// The text from the next sign on.
  std::string_view rest() { return text_.substr(position()); }
  Place place_of(std::size_t position) const;

  /// Takes a sign such as `<=` or `(`.
  bool take(std::string_view sign);
  bool next_is(std::string_view sign) { return rest().starts_with(sign); }
  /// Whether a blank or a comment comes before the next sign.
  bool next_is_blank() {
    const std::size_t here = position_;
    return position() != here;
  }
  /// Takes a word, if the next one is exactly that.
  bool take_word(std::string_view word);
  bool next_is_word(std::string_view word);
  /// The next word, if a name can begin with it; nothing is taken.
  std::string_view next_word();
  void skip(std::size_t bytes) { position_ += bytes; }

  /// The digits of a number; nothing is taken when there is none.
  std::optional<std::string_view> take_number();
  /// The content of a text in quotes. Nothing when it does not end.
  std::optional<std::string> take_string();
  /// A name of which nothing is known: words until a keyword or a sign.
  std::string take_words();
  /// Everything up to one of `signs` or the word `keyword`, if that is a name; else empty, and
  /// nothing is taken.
  std::string take_declared_name(std::string_view signs, std::string_view keyword = {});

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace jishi::feel
