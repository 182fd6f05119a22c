#include "app/server/system_routes.hpp"

#include "api/openapi.hpp"
#include "app/server/pages.hpp"

namespace jishi::app {

namespace {

using http::Method;

std::size_t place_of(Language language) {
  return language == Language::zh ? 0 : 1;
}

http::Response plain(std::string text, int status = 200) {
  http::Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = std::move(text);
  return response;
}

http::Response ready(const SystemService& service) {
  // A read that goes through says that the store is there.
  service.store.read([](db::Reader&) { return 0; });
  if (service.ready()) return plain("ready\n");
  http::Response response = plain("catching up\n", 503);
  response.headers.emplace_back("Retry-After", "2");
  return response;
}

api::Operation& open_text(api::Routes& routes, std::string pattern, std::string_view name,
                          std::string_view type, api::Serve serve) {
  api::Operation& operation =
      routes.raw(Method::get, std::move(pattern), {name, {}, api::open_to_all()}, std::move(serve));
  operation.answer_type = type;
  return operation;
}

/// In either language.
void open_page(api::Routes& routes, std::string pattern, std::string_view name,
               std::string_view type, api::Serve serve) {
  open_text(routes, std::move(pattern), name, type, std::move(serve)).query =
      api::struct_schema<PageQuery, api::Way::sent>;
}

}  // namespace

std::string openapi_text(const std::vector<api::Operation>& operations, Language language) {
  return boost::json::serialize(api::openapi(operations, language, JISHI_VERSION)) + "\n";
}

Documents make_documents(const std::vector<api::Operation>& operations) {
  Documents documents;
  for (const Language language : {Language::zh, Language::en}) {
    const std::size_t place = place_of(language);
    const auto document = api::openapi(operations, language, JISHI_VERSION);
    documents.openapi[place] = http::Document(boost::json::serialize(document) + "\n");
    documents.reference[place] = http::Document(reference_page(document, language));
    documents.start[place] = http::Document(start_page(language, JISHI_VERSION));
  }
  documents.style = http::Document(std::string(page_style()));
  return documents;
}

void system_routes(api::Routes& routes, const SystemService& service) {
  const auto document = [&service](api::Call& call, http::Document(Documents::*texts)[2],
                                   std::string_view type) {
    const std::size_t place = place_of(call.language());
    return (service.documents.*texts)[place].answer(call.request, type);
  };
  constexpr std::string_view kHtml = "text/html; charset=utf-8";
  open_page(routes, "/", "system.start_page", "text/html", [=, &service](api::Call& call) {
    if (service.web != nullptr) return service.web->index(call.request);
    return document(call, &Documents::start, kHtml);
  });
  open_page(routes, "/api", "system.reference", "text/html",
            [=](api::Call& call) { return document(call, &Documents::reference, kHtml); });
  open_page(
      routes, "/api/openapi.json", "system.openapi", "application/json",
      [=](api::Call& call) { return document(call, &Documents::openapi, "application/json"); });
  open_text(routes, "/style.css", "system.style", "text/css", [&service](api::Call& call) {
    return service.documents.style.answer(call.request, "text/css; charset=utf-8");
  });
  open_text(routes, "/healthz", "system.health", "text/plain",
            [](api::Call&) { return plain("well\n"); });
  open_text(routes, "/readyz", "system.ready", "text/plain",
            [&service](api::Call&) { return ready(service); });
  routes
      .raw(Method::get, "/metrics", {"system.metrics", {}, api::open_to_all()},
           [&service](api::Call& call) {
             // From this machine, or by who runs the system.
             const bool near =
                 call.request.remote_address == "127.0.0.1" || call.request.remote_address == "::1";
             if (!near && !call.gate.may_somewhere(call.caller, "system.manage"))
               return api::problem(call.request, call.language(),
                                   fail(ErrorKind::not_found, "api.not_found"));
             return plain(service.metrics.text());
           })
      .answer_type = "text/plain";
}

}  // namespace jishi::app
