#include "platform/http/refusal.hpp"

namespace jishi::http {

namespace {

ErrorKind kind_of(int status) {
  if (status == 404) return ErrorKind::not_found;
  if (status == 429) return ErrorKind::limited;
  return status >= 500 ? ErrorKind::unavailable : ErrorKind::invalid;
}

}  // namespace

Refusal refusal(int status, std::string_view code, Arguments arguments) {
  return {status, fail(kind_of(status), code, std::move(arguments))};
}

Response plain_answer(const Request&, const Refusal& refusal) {
  Response response;
  response.status = refusal.status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = refusal.error.code + "\n";
  return response;
}

Response answer_of(const ServerOptions& options, const Request& request, const Refusal& refusal) {
  if (options.refusal) {
    try {
      return options.refusal(request, refusal);
    } catch (const std::exception&) {
      // What went wrong first is what is told.
    }
  }
  return plain_answer(request, refusal);
}

}  // namespace jishi::http
