#pragma once
// A case begins: by the latest version of a process, in an organisation, perhaps about a person.

#include "api/call.hpp"
#include "base/json_object.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

struct StartCase {
  registry::Reference organisation;
  std::string process;
  std::optional<registry::Reference> person;     // whom it is about
  std::optional<boost::json::object> variables;  // what is known from the start
};
BOOST_DESCRIBE_STRUCT(StartCase, (), (organisation, process, person, variables))

/// Errors: workflow.process_unknown, organisation_ended, field_reserved; registry.not_found,
/// registry.person_not_found (also out of scope); whatever the first steps refuse.
Result<Advanced> start_case(Transaction& tx, const Office& office, const Party& party,
                            const StartCase& asked);

/// The variables that an answer brings. Errors: base.json_malformed.
Result<feel::Value> variables_of_answer(const std::optional<boost::json::object>& answer);

}  // namespace jishi::workflow
