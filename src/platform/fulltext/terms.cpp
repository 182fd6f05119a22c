#include "platform/fulltext/terms.hpp"

#include "base/text.hpp"

namespace jishi::fulltext {

namespace {

// Text is folded: no term begins with a capital letter but these.
constexpr std::string_view kPrefixMark = "P";

std::string utf8(std::u32string_view signs) {
  std::string text;
  for (const char32_t sign : signs) append_utf8(text, sign);
  return text;
}

std::string word_term(std::u32string_view word) {
  return utf8(word.substr(0, kMostOfWord));
}

std::string prefix_term(std::u32string_view beginning) {
  return std::string(kPrefixMark) + utf8(beginning.substr(0, kMostOfPrefix));
}

/// Calls `run(signs, characters)` for every longest run of characters, or of letters.
template <class Run>
void each_run(std::u32string_view signs, Run run) {
  for (std::size_t at = 0; at < signs.size();) {
    if (signs[at] == kGap) {
      ++at;
      continue;
    }
    const bool characters = is_character(signs[at]);
    std::size_t end = at + 1;
    while (end < signs.size() && signs[end] != kGap && is_character(signs[end]) == characters)
      ++end;
    run(signs.substr(at, end - at), characters);
    at = end;
  }
}

}  // namespace

void each_term(const PlainText& text, const std::function<void(const std::string&)>& add) {
  each_run(text.signs, [&](std::u32string_view run, bool characters) {
    if (characters) {
      for (std::size_t i = 0; i < run.size(); ++i) {
        add(utf8(run.substr(i, 1)));
        if (i + 1 < run.size()) add(utf8(run.substr(i, 2)));
      }
      return;
    }
    add(word_term(run));
    for (std::size_t i = 1; i <= std::min(run.size(), kMostOfPrefix); ++i)
      add(prefix_term(run.substr(0, i)));
  });
}

// Two neighbours say more than each of them: single ones are looked up only where they stand alone.
std::vector<std::string> terms_within(std::u32string_view signs, bool prefix) {
  std::vector<std::string> terms;
  each_run(signs, [&](std::u32string_view run, bool characters) {
    const bool last = run.data() + run.size() == signs.data() + signs.size();
    if (!characters) {
      terms.push_back(prefix && last ? prefix_term(run) : word_term(run));
    } else if (run.size() == 1) {
      terms.push_back(utf8(run));
    } else {
      for (std::size_t i = 0; i + 1 < run.size(); ++i) terms.push_back(utf8(run.substr(i, 2)));
    }
  });
  return terms;
}

}  // namespace jishi::fulltext
