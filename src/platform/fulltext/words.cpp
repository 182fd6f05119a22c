#include "platform/fulltext/words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/fulltext/terms.hpp"

namespace jishi::fulltext {

namespace {

bool is_quote(char32_t sign) {
  constexpr std::u32string_view kQuotes = U"\"“”„‟「」『』";
  return kQuotes.find(sign) != kQuotes.npos;
}

/// Takes what was typed sign by sign.
class WordReader {
 public:
  void take(char32_t code_point) {
    const char32_t sign = folded(code_point);
    if (is_quote(sign)) {
      end_word();
      quoted_ = !quoted_;
      return;
    }
    switch (sign_of(sign)) {
      case Sign::nothing: return;
      case Sign::letter:
      case Sign::character: add(sign); return;
      case Sign::gap: break;
    }
    if (quoted_) {
      gap_ = !word_.signs.empty();
      return;
    }
    // Characters are found in the middle of others anyhow.
    word_.prefix = sign == U'*' && !word_.signs.empty() && !is_character(word_.signs.back());
    end_word();
  }

  std::vector<Wanted> finish() {
    end_word();
    return std::move(wanted_);
  }

 private:
  void add(char32_t sign) {
    if (gap_) word_.signs += kGap;
    gap_ = false;
    word_.signs += sign;
  }

  void end_word() {
    if (!word_.signs.empty()) wanted_.push_back(std::move(word_));
    word_ = {};
    gap_ = false;
  }

  std::vector<Wanted> wanted_;
  Wanted word_;
  bool quoted_ = false;
  bool gap_ = false;
};

/// Where the wanted signs end that begin at a place of a text; 0 where they do not.
std::size_t end_of(const Wanted& wanted, const std::u32string& text, std::size_t at) {
  for (std::size_t i = 0; i < wanted.signs.size(); ++i) {
    const bool there = at < text.size() && text[at] == wanted.signs[i];
    if (there) {
      ++at;
      continue;
    }
    const bool may_miss = wanted.signs[i] == kGap &&
                          (is_character(wanted.signs[i - 1]) || is_character(wanted.signs[i + 1]));
    if (!may_miss) return 0;
  }
  return at;
}

bool is_letter_at(const std::u32string& text, std::size_t at) {
  return at < text.size() && text[at] != kGap && !is_character(text[at]);
}

}  // namespace

Result<Words> Words::read(std::string_view typed) {
  if (typed.size() > kMostTyped)
    return fail(ErrorKind::invalid, "fulltext.too_long",
                {{"path", "q"}, {"limit", std::to_string(kMostTyped)}});
  WordReader reader;
  while (!typed.empty()) {
    const auto [value, length] = first_code_point(typed);
    reader.take(value);
    typed.remove_prefix(length);
  }
  Words words;
  words.wanted_ = reader.finish();
  if (words.wanted_.empty())
    return fail(ErrorKind::invalid, "fulltext.nothing_wanted", {{"path", "q"}});
  if (words.wanted_.size() > kMostWords)
    return fail(ErrorKind::invalid, "fulltext.too_many_words",
                {{"path", "q"}, {"limit", std::to_string(kMostWords)}});
  for (const Wanted& wanted : words.wanted_) {
    for (std::string& term : terms_within(wanted.signs, wanted.prefix))
      words.terms_.push_back(std::move(term));
  }
  std::sort(words.terms_.begin(), words.terms_.end());
  words.terms_.erase(std::unique(words.terms_.begin(), words.terms_.end()), words.terms_.end());
  return words;
}

std::vector<Hit> hits_of(const Wanted& wanted, const PlainText& text) {
  std::vector<Hit> hits;
  if (wanted.signs.empty()) return hits;
  const bool begins_with_letter = !is_character(wanted.signs.front());
  const bool ends_with_letter = !is_character(wanted.signs.back());
  for (std::size_t at = 0; at < text.signs.size(); ++at) {
    if (begins_with_letter && at > 0 && is_letter_at(text.signs, at - 1)) continue;
    const std::size_t end = end_of(wanted, text.signs, at);
    if (end == 0) continue;
    if (ends_with_letter && !wanted.prefix && is_letter_at(text.signs, end)) continue;
    hits.push_back({at, end});
    at = end - 1;
  }
  return hits;
}

}  // namespace jishi::fulltext
