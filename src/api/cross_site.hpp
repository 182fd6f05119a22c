#pragma once
// Writes that a page of another site makes a browser send.

#include "platform/http/message.hpp"

namespace jishi::api {

/// Whether a browser says that a write comes from another site's page. It holds also where no
/// session's token can be asked for: nobody is signed in as somebody else without noticing. A
/// request with a token in it was made by whoever knows the token.
bool is_cross_site(const http::Request& request);

}  // namespace jishi::api
