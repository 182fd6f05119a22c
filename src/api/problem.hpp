#pragma once
// Refusals as RFC 9457 problems, in the caller's language.

#include "base/language.hpp"
#include "base/result.hpp"
#include "platform/http/message.hpp"

namespace jishi::api {

/// The HTTP status of a kind of error.
int status_of(ErrorKind kind);
/// The status of an error: that of its kind, or a closer one.
int status_of(const Error& error);

/// The application/problem+json of an error: type (a URN of its code), title, status, detail, code,
/// the request's id; where the error names a place in the body, its `path`, and `problems` with
/// path, code and detail of each that was found, or what the error has as a list of JSON.
/// `status` 0: that of its kind.
http::Response problem(const http::Request& request, Language language, const Error& error,
                       int status = 0);

/// The language that `?lang=` or else Accept-Language asks for first; Chinese when neither does.
Language language_of_request(const http::Request& request);

}  // namespace jishi::api
