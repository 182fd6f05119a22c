#pragma once

#include "api/call.hpp"
#include "base/integer.hpp"

namespace jishi::api {

/// The id in a segment of the address; kNoId where it is none. For what is admitted by more than
/// its own place: else the call has it as its `subject`.
inline Id id_in(const Call& call, std::string_view segment) {
  return parse_id(call.request.segment(segment).value_or(""));
}

}  // namespace jishi::api
