#pragma once
// What the server tells of itself: health, metrics, the OpenAPI document, its reference, `/`.

#include "api/routes.hpp"
#include "app/server/metrics.hpp"
#include "platform/http/coding.hpp"
#include "platform/http/static_files.hpp"

namespace jishi::app {

/// The pages and documents, made once for each language.
struct Documents {
  http::Document openapi[2];
  http::Document reference[2];
  http::Document start[2];
  http::Document style;
};

/// The OpenAPI document in a language, as `jishi openapi` prints it.
std::string openapi_text(const std::vector<api::Operation>& operations, Language language);

Documents make_documents(const std::vector<api::Operation>& operations);

struct SystemService {
  Store& store;
  Metrics& metrics;
  const Documents& documents;
  std::function<bool()> ready;             // the followers are near the ledger's end
  const http::StaticFiles* web = nullptr;  // the workbench, where there is one
};

void system_routes(api::Routes& routes, const SystemService& service);

}  // namespace jishi::app
