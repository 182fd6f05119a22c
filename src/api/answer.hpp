#pragma once
// What every answer gets after its function: chosen fields, an entity tag, no storing elsewhere.

#include "api/routes.hpp"

namespace jishi::api {

/// Leaves of a JSON answer what `?fields=a,b` asks for (of the items, where it is a page), gives it
/// an ETag and turns it into 304 where the caller holds it already.
void finish_answer(Call& call, const Operation& operation, http::Response& response);

}  // namespace jishi::api
