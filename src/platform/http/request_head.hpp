#pragma once
// From the lines of a header to a request that a handler can trust.

#include "platform/http/request_parser.hpp"
#include "platform/http/router.hpp"

namespace jishi::http {

/// Fills method, path, query, cookies and headers of `request` from `head`, whose texts it takes,
/// and the path's segments. Refused: unknown methods, a missing or second Host, what is not UTF-8,
/// targets that are malformed or too long.
std::optional<Refusal> take_head(RequestHead& head, Request& request,
                                 std::vector<std::string>& segments);

/// Why the server does not answer for the request's host; without `hosts` it answers for any. A
/// page of elsewhere whose name was made to lead here is not let in by it.
std::optional<Refusal> refuse_host(const std::vector<std::string>& hosts, const Request& request);

/// What a front on this machine says of the peer: the last address of X-Forwarded-For, and whether
/// it came by TLS. To be asked only where the front is trusted.
void take_front(Request& request);

/// Why a route does not take this body; asked before any of it is read.
std::optional<Refusal> refuse_body(const Route& route, const RequestHead& head,
                                   const Request& request);

/// Whether the sender waits to be told before it sends the body.
bool expects_continue(const RequestHead& head, const Request& request);

}  // namespace jishi::http
