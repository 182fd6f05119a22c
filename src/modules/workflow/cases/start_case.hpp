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
  std::optional<registry::Reference> sender;     // of what one organisation has another do
  std::optional<boost::json::object> variables;  // what is known from the start
};
BOOST_DESCRIBE_STRUCT(StartCase, (), (organisation, process, person, sender, variables))

/// By whoever holds the role that the start event names. Errors: workflow.process_unknown,
/// organisation_ended, field_reserved, not_your_start (403), sender_missing, sender_not_above;
/// registry.not_found, registry.person_not_found (also out of scope); whatever the first steps
/// refuse.
Result<Advanced> start_case(Transaction& tx, const Office& office, const Party& party,
                            const StartCase& asked);

/// A case that has begun, as it is then.
struct BegunCase {
  HeldCase held;
  Advanced advanced;
};

/// What was looked up before, where many cases begin.
struct Begins {
  std::shared_ptr<const Playable> playable;
  std::optional<feel::Value> settings;  // settings_of(); none: they are looked up
};

/// The same by what was looked up before, with what is done with the case at once. What it asks is
/// asked at once (db::Asking), as far as the program asks by itself.
Result<BegunCase> begin_case(Transaction& tx, const Office& office, const Party& party,
                             const StartCase& asked, Begins begins, const Follow& follow);

/// The same as start_case() as part of what was decided elsewhere: nobody's role is looked at.
Result<Advanced> open_case(Transaction& tx, const Office& office, const Party& party,
                           const StartCase& asked);

/// The variables that an answer brings. Errors: base.json_malformed.
Result<feel::Value> variables_of_answer(const std::optional<boost::json::object>& answer);

}  // namespace jishi::workflow
