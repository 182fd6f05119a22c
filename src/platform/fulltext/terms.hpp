#pragma once
// Under which terms a text stands in an index, and under which it is looked up.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/fulltext/plain_text.hpp"

namespace jishi::fulltext {

/// Letters of a word, and of its beginning, that its term holds; longer ones share theirs, and are
/// told apart in the text itself.
inline constexpr std::size_t kMostOfWord = 32;
inline constexpr std::size_t kMostOfPrefix = 16;

/// Calls `add` with every term of a text: each character and each two that are neighbours, each
/// word and each beginning of one. A term comes as often as it stands there.
void each_term(const PlainText& text, const std::function<void(const std::string&)>& add);

/// The terms that a text has which holds `signs`; `prefix`: their last word may go on.
std::vector<std::string> terms_within(std::u32string_view signs, bool prefix);

}  // namespace jishi::fulltext
