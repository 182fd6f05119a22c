#include "platform/pinyin/pinyin.hpp"
#include "platform/pinyin/polyphones.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <stdexcept>

namespace jishi::pinyin {

namespace {

constexpr char32_t kFirst = 0x4E00;
constexpr char32_t kEnd = 0xA000;
constexpr std::size_t kCodeUnits = 0x1'0000;
constexpr std::uint32_t kLetterOrder = 0;  // Latin letters and digits before all characters

using Spelled = std::vector<std::vector<std::string>>;  // by character - kFirst

std::string plain(const icu::UnicodeString& accented) {
  std::string letters;
  for (std::int32_t i = 0; i < accented.length(); ++i) {
    const char16_t unit = accented[i];
    if (unit >= u'a' && unit <= u'z') {
      letters += static_cast<char>(unit);
    } else if (unit == 0x0308) {  // the dots of ü
      if (!letters.empty()) letters.back() = 'v';
    }
  }
  return letters;
}

/// One line a character through ICU: its transliterator is slow to start and quick to run.
Spelled spelled_by_icu() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Han-Latin/Names; NFD; Lower", UTRANS_FORWARD, status));
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU has no Han-Latin/Names");
  icu::UnicodeString lines;
  for (char32_t c = kFirst; c < kEnd; ++c) {
    lines.append(static_cast<UChar32>(c));
    lines.append(u'\n');
  }
  latin->transliterate(lines);
  Spelled spelled(kEnd - kFirst);
  std::int32_t begin = 0;
  for (auto& of_character : spelled) {
    const std::int32_t end = lines.indexOf(u'\n', begin);
    if (end < 0) break;
    std::string letters = plain(lines.tempSubStringBetween(begin, end));
    if (!letters.empty()) of_character.push_back(std::move(letters));
    begin = end + 1;
  }
  return spelled;
}

std::string_view take(std::string_view& text, char delimiter) {
  const std::size_t at = std::min(text.find(delimiter), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

void add_polyphones(Spelled& spelled) {
  for (std::string_view rest = kPolyphones; !rest.empty();) {
    std::string_view entry = take(rest, '|');
    const std::u16string character = to_utf16(take(entry, ' '));
    auto& known = spelled[character.at(0) - kFirst];
    std::vector<std::string> all;
    const auto add = [&](std::string_view reading) {
      if (std::find(all.begin(), all.end(), reading) == all.end()) all.emplace_back(reading);
    };
    while (!entry.empty()) add(take(entry, ' '));
    for (const std::string& reading : known) add(reading);
    known = std::move(all);
  }
}

}  // namespace

const Readings& Readings::get() {
  static const Readings readings;
  return readings;
}

Readings::Readings() : first_(kEnd - kFirst + 1), order_(kCodeUnits) {
  Spelled spelled = spelled_by_icu();
  add_polyphones(spelled);
  for (const auto& of_character : spelled) {
    syllables_.insert(syllables_.end(), of_character.begin(), of_character.end());
  }
  std::sort(syllables_.begin(), syllables_.end());
  syllables_.erase(std::unique(syllables_.begin(), syllables_.end()), syllables_.end());
  for (std::size_t i = 0; i < kCodeUnits; ++i) {
    order_[i] = kLetterOrder + static_cast<std::uint32_t>(i);
  }
  for (std::size_t i = 0; i < spelled.size(); ++i) {
    first_[i] = static_cast<std::uint32_t>(readings_.size());
    for (const std::string& reading : spelled[i]) {
      const auto at = std::lower_bound(syllables_.begin(), syllables_.end(), reading);
      readings_.push_back(static_cast<Syllable>(at - syllables_.begin()));
    }
    if (spelled[i].empty()) continue;
    const std::uint32_t syllable = readings_[first_[i]] + 1U;
    order_[kFirst + i] = (syllable << 16U) | static_cast<std::uint32_t>(kFirst + i);
  }
  first_.back() = static_cast<std::uint32_t>(readings_.size());
}

std::span<const Syllable> Readings::of(char16_t character) const {
  if (character < kFirst || character >= kEnd) return {};
  const std::size_t at = character - kFirst;
  return std::span(readings_).subspan(first_[at], first_[at + 1] - first_[at]);
}

bool before(const Readings& readings, std::u16string_view left, std::u16string_view right) {
  return std::lexicographical_compare(
      left.begin(), left.end(), right.begin(), right.end(),
      [&](char16_t a, char16_t b) { return readings.order_of(a) < readings.order_of(b); });
}

}  // namespace jishi::pinyin
