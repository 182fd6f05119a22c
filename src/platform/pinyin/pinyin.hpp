#pragma once
// How Chinese characters are read, and whether what a person typed means a name: by its characters,
// its pinyin, its initials, or a mixture of them (`张三`, `zhangsan`, `zs`, `zhang三`).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jishi::pinyin {

/// A syllable without its tone; ü is written v.
using Syllable = std::uint16_t;

/// The readings of every Chinese character of the Unicode block 4E00–9FFF: that which ICU gives it
/// in names, then those of our own table of characters that are read in several ways.
class Readings {
 public:
  /// Made at the first call, which takes some tenths of a second.
  static const Readings& get();

  /// The readings of a character, the usual one of a surname first; none for what is no Chinese
  /// character.
  std::span<const Syllable> of(char16_t character) const;

  std::string_view text(Syllable syllable) const { return syllables_[syllable]; }

  /// Orders characters as a Chinese dictionary does: by their usual reading, then by code point.
  std::uint32_t order_of(char16_t character) const { return order_[character]; }

 private:
  Readings();

  std::vector<std::string> syllables_;  // in alphabetical order
  std::vector<Syllable> readings_;      // of all characters, one after the other
  std::vector<std::uint32_t> first_;    // where those of a character begin in readings_
  std::vector<std::uint32_t> order_;
};

/// How well a name answers what was typed; the lower the better.
enum class Match : std::uint8_t {
  exact,   // the name itself
  prefix,  // it begins with the characters typed
  pinyin,  // its whole pinyin
  pinyin_prefix,
  initials,  // the first letter of each of its characters, perhaps mixed with whole syllables
  initials_prefix,
  none
};

/// What a person typed, prepared to be held against many names.
class Query {
 public:
  /// At most this many signs are looked at.
  static constexpr std::size_t kMaxLength = 64;

  explicit Query(std::string_view typed);

  bool empty() const { return typed_.empty(); }
  /// Whether anything could be typed in Latin letters.
  bool has_letters() const { return has_letters_; }

  /// Holds the query against the beginning of a name.
  Match match(std::u16string_view name) const;
  /// Holds it against the name from each of its characters on; what does not begin at the first
  /// counts as a mere prefix.
  Match match_within(std::u16string_view name) const;

 private:
  bool may_begin(char16_t character) const { return begins_[character]; }

  std::u16string typed_;  // half-width, small letters, without blanks and apostrophes
  bool has_letters_ = false;
  std::vector<bool> begins_;  // which characters a name may begin with
};

/// UTF-8 as UTF-16.
std::u16string to_utf16(std::string_view text);

/// Whether one name stands before another in the order of a Chinese dictionary.
bool before(const Readings& readings, std::u16string_view left, std::u16string_view right);

}  // namespace jishi::pinyin
