#include "api/dispatch.hpp"

#include "api/answer.hpp"
#include "api/cross_site.hpp"
#include "base/integer.hpp"
#include "base/texts.hpp"

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
  // As the page of roles calls it.
  return fail(ErrorKind::forbidden, "api.forbidden",
              {{"permission", say(Language::zh, permission)},
               {"permission_en", say(Language::en, permission)}});
}

std::optional<Id> id_of(const http::Request& request, std::string_view segment) {
  const auto text = request.segment(segment);
  if (!text || text->empty() || text->front() == '-') return std::nullopt;
  return parse_integer(*text);
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

std::string encoded(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    safe += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return safe;
}

/// The address of the request with another id in the place of a segment.
std::string address_with(const Operation& operation, const http::Request& request,
                         std::string_view segment, Id id) {
  std::string address = operation.pattern;
  for (const auto& [name, value] : request.segments) {
    const std::string place = "{" + name + "}";
    const auto at = address.find(place);
    if (at == address.npos) continue;
    address.replace(at, place.size(), name == segment ? std::to_string(id) : encoded(value));
  }
  char before = '?';
  for (const auto& [name, value] : request.query) {
    address += before + encoded(name) + "=" + encoded(value);
    before = '&';
  }
  return address;
}

/// The id of a person who was merged into another leads there, with whatever was asked.
std::optional<http::Response> led_on(const Call& call, const Operation& operation) {
  const Subject& subject = operation.about.subject;
  if (subject.kind != Subject::Kind::person) return std::nullopt;
  const Id now = call.gate.person_now(call.subject);
  if (now == call.subject) return std::nullopt;
  http::Response response;
  response.status = 308;
  response.headers.emplace_back("Location",
                                address_with(operation, call.request, subject.segment, now));
  response.headers.emplace_back("Cache-Control", "no-store");  // a merger can be taken back
  return response;
}

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

/// How far a request is served: to the gate, before its body was read, or to the end.
enum class Until { let_in, answered };
using Answered = std::optional<http::Response>;

Answered let_in(const Dispatch& dispatch, const Operation& operation, http::Request& request,
                Caller caller, Until until) {
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
  if (until == Until::let_in) return std::nullopt;
  if (auto response = led_on(call, operation)) return std::move(*response);
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

Answered pass_once(const Dispatch& dispatch, const Operation& operation, http::Request& request,
                   Until until, Language& language) {
  if (is_cross_site(request))
    return problem(request, language, fail(ErrorKind::forbidden, "api.cross_site"));
  auto caller = dispatch.gate.caller(request);
  if (!caller && operation.about.subject.kind != Subject::Kind::open)
    return problem(request, language, caller.error());
  if (!caller) caller = Caller{};
  const bool asked = request.header("accept-language") || http::find_field(request.query, "lang");
  if (asked || caller->stranger()) caller->language = language;
  language = caller->language;
  if (until == Until::answered) {
    if (const auto refused = refuse_too_many(dispatch, operation, *caller))
      return problem(request, language, *refused);
  }
  return let_in(dispatch, operation, request, std::move(*caller), until);
}

// One of the three places where exceptions are caught: of requests.
Answered pass(const Dispatch& dispatch, const Operation& operation, http::Request& request,
              Until until) {
  Language language = language_of_request(request);
  for (bool again = false;; again = true) {
    try {
      return pass_once(dispatch, operation, request, until, language);
    } catch (const db::Failure& failure) {
      if (!again && may_ask_again(operation, failure)) continue;
      const Error error = error_of(failure);
      if (error.code == "api.internal")
        return internal(dispatch, request, language, failure.what());
      if (dispatch.on_failure) dispatch.on_failure(request.id, failure.what());
      return problem(request, language, error);
    } catch (const std::filesystem::filesystem_error& error) {
      if (error.code() != std::errc::no_space_on_device)
        return internal(dispatch, request, language, error.what());
      if (dispatch.on_failure) dispatch.on_failure(request.id, error.what());
      return problem(request, language, fail(ErrorKind::unavailable, "api.disk_full"));
    } catch (const std::exception& error) {
      return internal(dispatch, request, language, error.what());
    }
  }
}

// Behind a wire even a quick look waits. A loop would wait alone; readers' questions go together.
http::Run run_of(const Dispatch& dispatch, const Operation& operation) {
  const bool waits = operation.run == http::Run::here && dispatch.store.engine().shared();
  return waits ? http::Run::on_reader : operation.run;
}

}  // namespace

http::Response serve(const Dispatch& dispatch, const Operation& operation, http::Request& request) {
  return *pass(dispatch, operation, request, Until::answered);
}

std::vector<http::Route> routes_of(const Dispatch& dispatch,
                                   const std::vector<Operation>& operations) {
  std::vector<http::Route> routes;
  routes.reserve(operations.size());
  for (const Operation& operation : operations) {
    routes.push_back({operation.method, operation.pattern, run_of(dispatch, operation),
                      operation.body_kind, operation.body_limit, operation.time_limit,
                      [&dispatch, &operation](http::Request& request) {
                        return serve(dispatch, operation, request);
                      },
                      [&dispatch, &operation](http::Request& request) {
                        return pass(dispatch, operation, request, Until::let_in);
                      }});
  }
  return routes;
}

http::Response write_refusal(const http::Request& request, const http::Refusal& refusal) {
  return problem(request, language_of_request(request), refusal.error, refusal.status);
}

}  // namespace jishi::api
