#pragma once
// Which steps may follow a step, by the definition alone.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// Whether a step is done by people.
inline bool is_of_people(const Node& node) {
  return node.kind == NodeKind::user_task || node.kind == NodeKind::manual_task;
}

/// The tasks of people that may be open once a task of people is done: through gateways, decisions
/// and ends. Nothing where more than the definition decides it (operations, sub-processes, several
/// instances), or where more than a few may follow.
std::optional<std::vector<Index>> next_steps(const Definition& definition, Index node);

/// Asks what will be asked when a task of people is done (db::Reader::soon). False: the step has to
/// be played to know.
bool ask_of_next_soon(db::Reader& reader, const HeldCase& held, Number task, Date today);

}  // namespace jishi::workflow
