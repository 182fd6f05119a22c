#pragma once
// Answers that depend on what the asker holds already (RFC 9110: conditions and ranges).

#include "platform/http/wire.hpp"

namespace jishi::http {

/// The value of an answer's header, whatever the case of its name.
std::optional<std::string_view> find_header(const Response& response, std::string_view name);

void set_if_missing(Response& response, std::string_view name, std::string value);

/// Makes a 200 of GET a 304 when If-None-Match lists its ETag.
void answer_if_changed(const Request& request, Response& response);

/// Makes a 200 of GET a 206 or 416 when one range is asked for and If-Range allows it; `range` is
/// then the part of the body. Several ranges, and what cannot be read, get the whole.
void answer_range(const Request& request, Response& response, ByteRange& range);

}  // namespace jishi::http
