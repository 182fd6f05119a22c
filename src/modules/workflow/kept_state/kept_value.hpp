#pragma once
// Values of FEEL as JSON that gives back the very same value: a date stays a date, a number keeps
// its digits.

#include <boost/json.hpp>

#include "base/feel/value.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

/// Functions become null: nothing of a case can hold one.
boost::json::value kept_value(const feel::Value& value);

/// Errors: workflow.state_damaged, where `kept` is not what kept_value() wrote.
Result<feel::Value> value_of_kept(const boost::json::value& kept);

}  // namespace jishi::workflow
