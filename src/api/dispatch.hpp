#pragma once
// From operations to the server's routes: who asks, what they may, what is in their scope. No
// function of a route runs before this has let the request in.

#include "api/export/export.hpp"
#include "api/routes.hpp"
#include "platform/http/limits.hpp"

namespace jishi::api {

/// What is told of a refused request, so that refusals can be looked into.
struct Denied {
  const Caller& caller;
  std::string_view pattern;
  int status = 403;
};

/// How fast requests of an account may come.
using AccountRate = http::Buckets<Id>;

struct Dispatch {
  Store& store;
  Gate& gate;
  const Exporting& exporting;
  std::function<void(const Denied&)> on_denied;
  /// Told of what no function expected; the caller gets the request's id only.
  std::function<void(std::string_view request_id, std::string_view what)> on_failure;
  AccountRate* rate = nullptr;  // none: no limit
};

/// Nothing when the subject is in the caller's scope and the permission is held there; sets the
/// call's subject and organisation. Otherwise api.sign_in, api.forbidden, or api.not_found of what
/// the caller may not know to be there.
std::optional<Error> admit(Call& call, const About& about);

/// The server's routes of these operations. `dispatch` and `operations` must outlive the server.
std::vector<http::Route> routes_of(const Dispatch& dispatch,
                                   const std::vector<Operation>& operations);

/// The answer to one request by one operation: what a route does.
http::Response serve(const Dispatch& dispatch, const Operation& operation, http::Request& request);

/// Writes the server's own refusals as problems.
http::Response write_refusal(const http::Request& request, const http::Refusal& refusal);

}  // namespace jishi::api
