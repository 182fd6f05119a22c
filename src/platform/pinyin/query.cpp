#include "base/text.hpp"
#include "platform/pinyin/pinyin.hpp"

namespace jishi::pinyin {

namespace {

bool is_letter(char16_t unit) {
  return unit >= u'a' && unit <= u'z';
}

char16_t small(char16_t unit) {
  return unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit + (u'a' - u'A')) : unit;
}

/// Tries every way to read the typed signs as the beginning of one name.
class Matcher {
 public:
  Matcher(std::u16string_view typed, std::u16string_view name)
      : readings_(Readings::get()), typed_(typed), name_(name) {}

  Match best() {
    step(0, 0, Way::characters);
    return best_;
  }

 private:
  // A name that is read in many ways at every character is given up after so many steps.
  static constexpr int kMaxSteps = 500;

  enum class Way { characters, syllables, initials };

  void step(std::size_t typed, std::size_t at, Way way) {
    if (++steps_ > kMaxSteps || best_ == Match::exact) return;
    if (typed == typed_.size()) return reach(at == name_.size(), way);
    if (at == name_.size()) return;
    const char16_t sign = typed_[typed];
    if (sign == small(name_[at])) step(typed + 1, at + 1, way);
    if (!is_letter(sign)) return;
    for (const Syllable syllable : readings_.of(name_[at])) {
      read(readings_.text(syllable), typed, at, way);
    }
  }

  // `syllable` as a whole, cut off where the typed signs end, or by its initial.
  void read(std::string_view syllable, std::size_t typed, std::size_t at, Way way) {
    std::size_t common = 0;
    while (common < syllable.size() && typed + common < typed_.size() &&
           static_cast<char16_t>(syllable[common]) == typed_[typed + common]) {
      ++common;
    }
    if (common == 0) return;
    if (common == syllable.size()) {
      step(typed + common, at + 1, std::max(way, Way::syllables));
    } else if (typed + common == typed_.size() && common > 1) {
      reach(false, std::max(way, Way::syllables));
    }
    step(typed + 1, at + 1, Way::initials);
    const bool two = syllable.size() > 2 && syllable[1] == 'h';  // zh, ch, sh
    if (two && common > 1) step(typed + 2, at + 1, Way::initials);
  }

  void reach(bool whole, Way way) {
    constexpr Match kFound[3][2] = {{Match::prefix, Match::exact},
                                    {Match::pinyin_prefix, Match::pinyin},
                                    {Match::initials_prefix, Match::initials}};
    best_ = std::min(best_, kFound[static_cast<int>(way)][whole ? 1 : 0]);
  }

  const Readings& readings_;
  std::u16string_view typed_;
  std::u16string_view name_;
  Match best_ = Match::none;
  int steps_ = 0;
};

}  // namespace

std::u16string to_utf16(std::string_view text) {
  std::u16string units;
  while (!text.empty()) {
    const auto [value, length] = first_code_point(text);
    text.remove_prefix(length);
    if (value < 0x1'0000) {
      units += static_cast<char16_t>(value);
    } else {
      units += static_cast<char16_t>(0xD800 + ((value - 0x1'0000) >> 10U));
      units += static_cast<char16_t>(0xDC00 + ((value - 0x1'0000) & 0x3FFU));
    }
  }
  return units;
}

Query::Query(std::string_view typed) : begins_(0x1'0000) {
  for (const char16_t unit : to_utf16(to_half_width(typed))) {
    if (is_blank(unit) || unit == u'\'' || unit == u'’' || unit == u'·') continue;
    if (typed_.size() == kMaxLength) break;
    typed_ += unit == u'ü' || unit == u'Ü' ? u'v' : small(unit);
    has_letters_ = has_letters_ || is_letter(typed_.back());
  }
  if (typed_.empty()) return;
  const char16_t first = typed_.front();
  begins_[first] = true;
  if (!is_letter(first)) return;
  begins_[static_cast<std::size_t>(first - u'a' + u'A')] = true;
  const Readings& readings = Readings::get();
  for (std::uint32_t c = 0x4E00; c < 0xA000; ++c) {
    for (const Syllable syllable : readings.of(static_cast<char16_t>(c))) {
      if (static_cast<char16_t>(readings.text(syllable).front()) == first) begins_[c] = true;
    }
  }
}

Match Query::match(std::u16string_view name) const {
  if (typed_.empty() || name.empty() || !may_begin(name.front())) return Match::none;
  return Matcher(typed_, name).best();
}

Match Query::match_within(std::u16string_view name) const {
  Match best = match(name);
  for (std::size_t at = 1; at < name.size() && best > Match::prefix; ++at) {
    const Match here = match(name.substr(at));
    if (here == Match::none) continue;
    // From the middle on nothing is exact or whole.
    const auto partial = static_cast<Match>(static_cast<int>(here) | 1);
    best = std::min(best, partial);
  }
  return best;
}

}  // namespace jishi::pinyin
