#include "app/person_references.hpp"

#include "modules/dues/dues.hpp"
#include "modules/identity/identity.hpp"
#include "modules/intake/intake.hpp"
#include "modules/liaison/liaison.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::app {

const registry::AllPersonReferences& person_references() {
  static const registry::AllPersonReferences kAll{
      registry::person_references(), orglife::person_references(), dues::person_references(),
      identity::person_references(), intake::person_references(),  liaison::person_references(),
      workflow::person_references()};
  return kAll;
}

const std::vector<registry::PersonColumn>& columns_left_alone() {
  static const std::vector<registry::PersonColumn> kLeft{
      {"ledger_fact.person", "facts never change; readers ask registry::ids_of()"},
      {"ledger_fact.subject", "likewise"},
      {"insight_light.subject", "lights follow the facts of both persons"},
      {"insight_light_event.subject", "a light was lit for the record it was lit for"},
      {"insight_handling.subject", "what was said was said of that light"},
      {"identity_notice.subject", "names an access, not a person"},
  };
  return kLeft;
}

}  // namespace jishi::app
