#pragma once
// The texts that people read, by code, in both languages. They stand in texts.toml beside the code
// that says them.

#include <string>
#include <string_view>
#include <vector>

#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi {

struct Text {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

/// Every text, sorted by code; made at build time.
const std::vector<Text>& all_texts();

/// Puts `arguments` into the `{name}` places of `pattern`; a name that is not given stays as it
/// stands.
std::string fill(std::string_view pattern, const Arguments& arguments);

/// The text of a code in a language, filled in. A code without a text is returned as it is, so that
/// nothing is hidden.
std::string say(Language language, std::string_view code, const Arguments& arguments = {});

/// What an error says to a person.
std::string say(Language language, const Error& error);

}  // namespace jishi
