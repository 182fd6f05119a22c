#pragma once
// What follows the ledger, made anew from the store while the server runs: as jobs of the system,
// for whoever manages it.

#include "api/jobs/jobs.hpp"
#include "modules/insight/keeper/keeper.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::app {

/// What a rebuild can be of.
enum class Rebuilt { marts, full_text };
BOOST_DESCRIBE_ENUM(Rebuilt, marts, full_text)

struct Rebuilds {
  api::Jobs& jobs;
  insight::Keeper& keeper;
  orglife::FullText& full_text;
};

/// The kinds of job that rebuild; safe to begin again.
std::vector<api::JobKind> rebuild_jobs(const Rebuilds& rebuilds);

/// Begins, shows and cancels rebuilds: /api/v1/system/rebuilds.
void rebuild_routes(api::Routes& routes, const Rebuilds& rebuilds);

}  // namespace jishi::app
