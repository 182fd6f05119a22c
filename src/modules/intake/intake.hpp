#pragma once
// Workbooks in: what a folder of spreadsheets says becomes records and facts, or a reason why not.
// The only header of this module that others include.

#include "modules/intake/accept/accept.hpp"
#include "modules/intake/batches/batches.hpp"
#include "modules/intake/import/import.hpp"
#include "modules/intake/queues/queues.hpp"
#include "modules/intake/rows.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::intake {

/// Where persons are named as those a refused row is like, and as whose rows were refused.
registry::PersonReferences person_references();

}  // namespace jishi::intake
