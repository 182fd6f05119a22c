#pragma once
// What is done with a case as a whole.

#include "api/call.hpp"
#include "base/json_object.hpp"
#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

enum class CaseVerb { suspend, resume, end };
BOOST_DESCRIBE_ENUM(CaseVerb, suspend, resume, end)

struct ActOnCase {
  CaseVerb verb = CaseVerb::suspend;
  std::optional<std::string> reason;     // to suspend and to end it
  std::optional<std::int64_t> revision;  // as it was seen
};
BOOST_DESCRIBE_STRUCT(ActOnCase, (), (verb, reason, revision))

/// A message that comes to a case from outside.
struct SendMessage {
  std::string name;
  std::optional<boost::json::object> variables;
  std::optional<std::int64_t> revision;
};
BOOST_DESCRIBE_STRUCT(SendMessage, (), (name, variables, revision))

/// A case that another organisation sent is suspended and ended by whoever manages that one.
/// Errors: workflow.case_unknown, reason, case_of_sender (403); api.changed_meanwhile (412);
/// process.suspended and the like.
Result<Advanced> act_on_case(Transaction& tx, const Office& office, const api::Call& call,
                             Id case_id, const ActOnCase& asked);

/// What act_on_case() would not refuse the caller now, whatever they say of it.
std::vector<std::string> case_verbs(db::Reader& reader, const api::Call& call,
                                    const HeldCase& held);

/// Whether the caller may send what an event awaits: who holds its role there, or manages the case.
bool may_send(db::Reader& reader, const api::Call& call, const HeldCase& held, const Node& node);

/// By whoever holds the role that the event names, or manages the case. Errors: as above,
/// workflow.not_your_message (403), process.not_awaited.
Result<Advanced> send_message(Transaction& tx, const Office& office, const api::Call& call,
                              Id case_id, const SendMessage& asked);

}  // namespace jishi::workflow
