#include "api/dispatch.hpp"

#include "api/answer.hpp"

namespace jishi::api {

namespace {

using Refused = std::optional<Error>;

Error sign_in() {
  return fail(ErrorKind::unauthenticated, "api.sign_in");
}

// The same words for what is not there and for what the caller may not know to be there.
Error not_here() {
  return fail(ErrorKind::not_found, "api.not_found");
}

Error forbidden(Permission permission) {
  return fail(ErrorKind::forbidden, "api.forbidden", {{"permission", std::string(permission)}});
}

std::optional<Id> id_of(const http::Request& request, std::string_view segment) {
  const auto text = request.segment(segment);
  if (!text || text->empty() || text->front() == '-') return std::nullopt;
  return jishi::detail::json_integer(boost::json::string(*text));
}

Refused admit_organisation(Call& call, Permission permission) {
  if (call.gate.may(call.caller, permission, call.organisation)) return std::nullopt;
  if (call.gate.may(call.caller, kSee, call.organisation)) return forbidden(permission);
  return not_here();
}

Refused admit_person(Call& call, Permission permission) {
  if (call.gate.may_see_person(call.caller, permission, call.subject)) return std::nullopt;
  if (call.gate.may_see_person(call.caller, kSee, call.subject)) return forbidden(permission);
  return not_here();
}

/// A record: by its own account, or by the organisation it belongs to.
Refused admit_record(Call& call, const About& about) {
  const Subject& subject = about.subject;
  const auto found = [&](Locate find) -> std::optional<Id> {
    if (find == nullptr) return std::nullopt;
    return call.store.read([&](db::Reader& reader) { return find(reader, call.subject); });
  };
  if (const auto owner = found(subject.owner); owner && *owner == call.caller.account)
    return std::nullopt;
  const auto organisation = found(subject.locate);
  if (!organisation) return not_here();
  call.organisation = *organisation;
  return admit_organisation(call, about.permission);
}

}  // namespace

std::optional<Error> admit(Call& call, const About& about) {
  const Subject& subject = about.subject;
  if (subject.kind == Subject::Kind::open) return std::nullopt;
  if (call.caller.stranger()) return sign_in();
  if (subject.kind == Subject::Kind::account) {
    if (about.permission.empty() || call.gate.may_somewhere(call.caller, about.permission))
      return std::nullopt;
    return forbidden(about.permission);
  }
  if (subject.kind == Subject::Kind::anywhere) {
    if (call.gate.may_somewhere(call.caller, about.permission)) return std::nullopt;
    return forbidden(about.permission);
  }
  const auto id = id_of(call.request, subject.segment);
  if (!id) return not_here();
  call.subject = *id;
  switch (subject.kind) {
    case Subject::Kind::organisation:
      call.organisation = *id;
      return admit_organisation(call, about.permission);
    case Subject::Kind::person: return admit_person(call, about.permission);
    default: return admit_record(call, about);
  }
}

namespace {

Error error_of(const db::Failure& failure) {
  switch (failure.kind()) {
    case db::FailureKind::full: return fail(ErrorKind::unavailable, "api.disk_full");
    case db::FailureKind::busy:
    case db::FailureKind::serialization:
    case db::FailureKind::lost: return fail(ErrorKind::unavailable, "api.store_away");
    case db::FailureKind::damaged: return fail(ErrorKind::unavailable, "api.store_damaged");
    case db::FailureKind::unique:
    case db::FailureKind::foreign_key:
    case db::FailureKind::check:
    case db::FailureKind::other: break;
  }
  return fail(ErrorKind::unavailable, "api.internal");
}

http::Response internal(const Dispatch& dispatch, const http::Request& request, Language language,
                        std::string_view what) {
  if (dispatch.on_failure) dispatch.on_failure(request.id, what);
  return problem(request, language, fail(ErrorKind::unavailable, "api.internal"), 500);
}

/// Requests of an account, by whatever session or token. What is open to all is not its own, and a
/// stream of events comes back by itself.
Refused refuse_too_many(const Dispatch& dispatch, const Operation& operation,
                        const Caller& caller) {
  const bool counts = operation.metered && operation.about.subject.kind != Subject::Kind::open;
  if (!counts || caller.stranger() || dispatch.rate == nullptr) return std::nullopt;
  if (dispatch.rate->take(caller.account, AccountRate::Clock::now())) return std::nullopt;
  return fail(ErrorKind::limited, "api.too_many_requests",
              {{"seconds", std::to_string(dispatch.rate->wait_s())}});
}

http::Response let_in(const Dispatch& dispatch, const Operation& operation, http::Request& request,
                      Caller caller) {
  Call call{dispatch.store,
            dispatch.gate,
            request,
            std::move(caller),
            operation.about.permission,
            kNoId,
            kNoId,
            0,
            {},
            &dispatch.exporting};
  if (const auto refused = admit(call, operation.about)) {
    if (dispatch.on_denied && refused->kind != ErrorKind::unauthenticated)
      dispatch.on_denied({call.caller, operation.pattern, status_of(refused->kind)});
    return problem(request, call.language(), *refused);
  }
  http::Response response = operation.serve(call);
  for (auto& header : call.headers) response.headers.push_back(std::move(header));
  if (response.status == 200) response.status = call.status != 0 ? call.status : operation.status;
  finish_answer(call, operation, response);
  return response;
}

/// Asking is repeatable: what an answer is made of was read, not changed. Files are not.
bool may_ask_again(const Operation& operation, const db::Failure& failure) {
  return operation.method == http::Method::get && operation.answer != nullptr &&
         failure.kind() == db::FailureKind::lost;
}

http::Response answer_once(const Dispatch& dispatch, const Operation& operation,
                           http::Request& request, Language& language) {
  auto caller = dispatch.gate.caller(request);
  if (!caller && operation.about.subject.kind != Subject::Kind::open)
    return problem(request, language, caller.error());
  if (!caller) caller = Caller{};
  if (request.header("accept-language") || caller->stranger()) caller->language = language;
  language = caller->language;
  if (const auto refused = refuse_too_many(dispatch, operation, *caller))
    return problem(request, language, *refused);
  return let_in(dispatch, operation, request, std::move(*caller));
}

}  // namespace

// One of the three places where exceptions are caught: of requests.
http::Response serve(const Dispatch& dispatch, const Operation& operation, http::Request& request) {
  Language language = language_of_request(request);
  for (bool again = false;; again = true) {
    try {
      return answer_once(dispatch, operation, request, language);
    } catch (const db::Failure& failure) {
      if (!again && may_ask_again(operation, failure)) continue;
      const Error error = error_of(failure);
      if (error.code == "api.internal")
        return internal(dispatch, request, language, failure.what());
      if (dispatch.on_failure) dispatch.on_failure(request.id, failure.what());
      return problem(request, language, error);
    } catch (const std::exception& error) {
      return internal(dispatch, request, language, error.what());
    }
  }
}

std::vector<http::Route> routes_of(const Dispatch& dispatch,
                                   const std::vector<Operation>& operations) {
  std::vector<http::Route> routes;
  routes.reserve(operations.size());
  for (const Operation& operation : operations) {
    routes.push_back({operation.method, operation.pattern, operation.run, operation.body_kind,
                      operation.body_limit, operation.time_limit,
                      [&dispatch, &operation](http::Request& request) {
                        return serve(dispatch, operation, request);
                      }});
  }
  return routes;
}

http::Response write_refusal(const http::Request& request, const http::Refusal& refusal) {
  return problem(request, language_of_request(request), refusal.error, refusal.status);
}

}  // namespace jishi::api
