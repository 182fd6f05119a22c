#pragma once
// What every answer gets after its function: chosen fields, an entity tag, no storing elsewhere.

#include "api/routes.hpp"

namespace jishi::api {

/// Leaves of a JSON answer what `?fields=a,b` asks for (of the items, where it is a page), gives it
/// an ETag and turns it into 304 where the caller holds it already.
void finish_answer(Call& call, const Operation& operation, http::Response& response);

/// The entity tag of a text: quoted, strong.
std::string entity_tag(std::string_view text);

/// Holds If-Match against the tag of what stands. Fails with api.if_match_missing (428) and
/// api.changed_meanwhile (412).
Result<Done> check_if_match(const http::Request& request, std::string_view tag);

}  // namespace jishi::api
