#include "modules/workflow/workflow.hpp"

#include "modules/workflow/addressees/addressees.hpp"
#include "modules/workflow/away/away.hpp"
#include "modules/workflow/dispatch/burden.hpp"
#include "modules/workflow/dispatch/task_operations.hpp"
#include "modules/workflow/letters/letters.hpp"
#include "modules/workflow/materials/materials.hpp"
#include "modules/workflow/measures/measures.hpp"
#include "modules/workflow/migrations/migrate_cases.hpp"
#include "modules/workflow/notices/notices.hpp"
#include "modules/workflow/operations/given.hpp"
#include "modules/workflow/own_cases/own_cases.hpp"
#include "modules/workflow/process_settings/process_settings.hpp"
#include "modules/workflow/rounds/rounds.hpp"
#include "modules/workflow/stays/stays.hpp"

namespace jishi::workflow {

void case_routes(api::Routes& routes, const Office& office);
void task_routes(api::Routes& routes, const Office& office);

void routes(api::Routes& routes, const Office& office) {
  deployment_routes(routes, office.deployments);
  case_routes(routes, office);
  task_routes(routes, office);
  migration_routes(routes, office);
  letter_routes(routes);
  burden_routes(routes);
  round_routes(routes, office);
  process_setting_routes(routes, office);
  addressee_routes(routes);
  notice_routes(routes);
  material_routes(routes, office);
  measure_routes(routes);
  stay_routes(routes);
  away_routes(routes);
  own_case_routes(routes, office);
}

Operations operations() {
  Operations made;
  add_registry_operations(made);
  add_incoming_operations(made);
  add_post_operations(made);
  add_dues_operations(made);
  add_election_operations(made);
  add_liaison_operations(made);
  add_status_operations(made);
  add_orglife_operations(made);
  add_letter_operations(made);
  add_task_operations(made);
  add_stay_operations(made);
  add_away_operations(made);
  return made;
}

}  // namespace jishi::workflow
