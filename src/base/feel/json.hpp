#pragma once
// Values as JSON and back. Numbers keep all their digits; what JSON has no form for is written as
// its text.

#include <string>
#include <string_view>

#include "base/feel/value.hpp"
#include "base/result.hpp"

namespace jishi::feel {

/// Reads JSON: objects are contexts, numbers are exact. Errors: base.json_malformed,
/// base.json_too_large.
Result<Value> value_from_json(std::string_view json);

/// Dates, times, durations and ranges become texts, functions null.
std::string json_of(const Value& value);

}  // namespace jishi::feel
