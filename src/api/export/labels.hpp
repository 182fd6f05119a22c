#pragma once
// Columns and values of a table in the words of people.

#include "base/codes.hpp"

namespace jishi::api {

/// How a column of a list is called for people; nothing for one that has no name of its own.
std::optional<std::string> known_column_label(std::string_view column, Language language);

/// The name of a value; a value that is no code stands for itself.
std::string value_label(std::string_view column, std::string value, const Codes& codes,
                        Language language);

}  // namespace jishi::api
