#pragma once
// What stands in evidence and in the rows of rules, in words for people.

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/codes.hpp"
#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi::insight {

/// The title of a column of the marts (`joined`: 入党日期); a column without one is its own title.
std::string column_title(Language language, std::string_view column);

/// A value of a column for people: codes by their names, months as 2026-03, cents as yuan, nothing
/// as —.
std::string value_text(const Codes& codes, Language language, std::string_view column,
                       const boost::json::value& value);

/// Evidence as what fills a rule's sentences.
Arguments evidence_arguments(const Codes& codes, Language language,
                             const boost::json::object& evidence);

}  // namespace jishi::insight
