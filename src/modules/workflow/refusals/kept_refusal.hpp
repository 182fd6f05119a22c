#pragma once
// Why one of many was refused, as it is kept with it, and as it is shown in somebody's language.

#include <optional>
#include <string>

#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

struct ShownRefusal {
  std::optional<std::string> code;
  std::optional<std::string> detail;  // in words
};

/// A code and its arguments, as JSON.
std::string kept_refusal(const Error& error);

/// What kept_refusal() made; of an empty text nothing.
ShownRefusal shown_refusal(const std::string& kept, Language language);

}  // namespace jishi::workflow
