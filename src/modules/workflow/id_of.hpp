#pragma once
// Persons, accounts and organisations stand in the variables of a case, and as its actors, as
// texts.

#include <string>

#include "base/id.hpp"
#include "base/json.hpp"

namespace jishi::workflow {

/// The id that such a text is; kNoId where it is none.
inline Id id_of(const std::string& text) {
  return jishi::detail::json_integer(boost::json::string(text)).value_or(kNoId);
}

}  // namespace jishi::workflow
