#pragma once
// The first start, from the browser: the first account makes the top organisation or a demo city,
// and appoints the three administrators. Nobody else may, and each thing once.

#include "api/jobs/jobs.hpp"
#include "base/codes.hpp"
#include "modules/demo/demo.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::app {

inline constexpr std::int64_t kMostDemoMembers = 100'000;

struct Setup {
  Store& store;
  api::Jobs& jobs;
  const identity::Identity& identity;
  const Codes& codes;
  std::filesystem::path pack;
};

/// Makes a demo city in a store without organisations. Safe to begin again: the city is one
/// transaction, and one that is there is its result.
api::JobKind demo_job(const Setup& setup);

/// GET /api/v1/setup, POST /api/v1/setup/organisation, /demo, /administrators.
void setup_routes(api::Routes& routes, const Setup& setup);

}  // namespace jishi::app
