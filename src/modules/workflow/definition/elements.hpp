#pragma once
// Which elements of BPMN are executed, which are kept without effect, and what is refused.

#include <optional>
#include <string_view>

#include "modules/workflow/definition/definition.hpp"

namespace jishi::workflow {

enum class Treatment { executed, kept, refused };

/// How an element within a process is treated; `kept` for what has no effect on the flow.
Treatment treatment_of(std::string_view local);

/// The kind of a flow node by its element, where its event definitions do not matter.
std::optional<NodeKind> plain_kind_of(std::string_view local);

/// Elements of `definitions` besides processes that are kept.
bool is_kept_root(std::string_view local);

/// Whether a case only waits while a timer runs: one between steps, or on a task that waits for a
/// message. What comes after it is too early till then.
bool is_wait(const Definition& definition, Index timer);

}  // namespace jishi::workflow
