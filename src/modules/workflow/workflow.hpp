#pragma once
// Procedures: decisions (DMN), process definitions (BPMN), the engine that plays them, cases in the
// store. The only header of this module that others include.

#include "modules/registry/registry.hpp"
#include "modules/workflow/batches/batches.hpp"
#include "modules/workflow/cases/case.hpp"
#include "modules/workflow/decision/model.hpp"
#include "modules/workflow/definition/definition.hpp"
#include "modules/workflow/demo_cases/demo_cases.hpp"
#include "modules/workflow/deployments/check_targets.hpp"
#include "modules/workflow/deployments/deployments.hpp"
#include "modules/workflow/dispatch/dispatches.hpp"
#include "modules/workflow/engine/engine.hpp"
#include "modules/workflow/engine/script.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/finding.hpp"
#include "modules/workflow/mergers/hand_over.hpp"
#include "modules/workflow/operations/operations.hpp"
#include "modules/workflow/personal_days/personal_days.hpp"
#include "modules/workflow/process_settings/process_settings.hpp"
#include "modules/workflow/timers/timekeeper.hpp"

namespace jishi::workflow {

/// What service tasks can have the program do.
Operations operations();

/// Where persons are named in cases, letters and tasks.
registry::PersonReferences person_references();

/// Versions of processes, cases, tasks. `office` must outlive the routes.
void routes(api::Routes& routes, const Office& office);

}  // namespace jishi::workflow
