#include "base/texts.hpp"

#include <algorithm>

namespace jishi {

Language language_of(std::string_view locale) {
  const bool unset =
      locale.empty() || locale == "C" || locale == "POSIX" || locale.starts_with("C.");
  return unset || locale.starts_with("zh") ? Language::zh : Language::en;
}

std::string fill(std::string_view pattern, const Arguments& arguments) {
  std::string text;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == pattern.npos ? pattern.npos : pattern.find('}', open);
    if (close == pattern.npos) break;
    const auto name = pattern.substr(open + 1, close - open - 1);
    const auto found = std::find_if(arguments.begin(), arguments.end(),
                                    [&](const auto& argument) { return argument.first == name; });
    text += pattern.substr(0, open);
    text += found == arguments.end() ? std::string(pattern.substr(open, close - open + 1))
                                     : found->second;
    pattern.remove_prefix(close + 1);
  }
  return text += pattern;
}

namespace {

/// What was given in English as well (`basis_en` beside `basis`) stands for the other.
Arguments in_english(Arguments arguments) {
  constexpr std::string_view kEnglish = "_en";
  for (const auto& [name, value] : Arguments(arguments)) {
    if (!name.ends_with(kEnglish)) continue;
    const auto of = std::string_view(name).substr(0, name.size() - kEnglish.size());
    for (auto& [other, text] : arguments) {
      if (other == of) text = value;
    }
  }
  return arguments;
}

}  // namespace

std::string say(Language language, std::string_view code, const Arguments& arguments) {
  const auto& texts = all_texts();
  const auto found =
      std::lower_bound(texts.begin(), texts.end(), code,
                       [](const Text& text, std::string_view key) { return text.code < key; });
  if (found == texts.end() || found->code != code) return std::string(code);
  if (language == Language::zh) return fill(found->zh, arguments);
  return fill(found->en, in_english(arguments));
}

std::string say(Language language, const Error& error) {
  return say(language, error.code, error.arguments);
}

}  // namespace jishi
