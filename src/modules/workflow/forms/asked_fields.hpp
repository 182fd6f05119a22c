#pragma once
// Fields that whoever sends a task asks for beside its own: kept in a variable of the case,
// answered with the form that says `x-more`. What is on record already is not asked for.

#include "base/language.hpp"
#include "modules/workflow/deployments/deployments.hpp"

namespace jishi::workflow {

inline constexpr std::size_t kMostAskedFields = 50;     // of a task
inline constexpr std::size_t kMostAskedBytes = 16'000;  // of them as JSON

/// The form of a task as it is answered; nothing where the task has none.
std::optional<boost::json::object> form_of(const Playable& playable, const Node& node,
                                           const feel::Value& variables);

/// Why an answer to a form cannot be taken: what refuse_fields() says, and of the fields that it
/// asks for itself: workflow.fields_invalid, field_taken, field_known.
std::optional<Error> refuse_answer(const Deployments& deployments, const Playable& playable,
                                   const boost::json::object& form,
                                   const boost::json::object& answer, Language language);

}  // namespace jishi::workflow
