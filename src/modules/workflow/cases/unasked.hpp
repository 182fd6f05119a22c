#pragma once
// What a case may be told beside the forms of its steps: with its beginning, with a message.

#include "modules/workflow/deployments/deployments.hpp"

namespace jishi::workflow {

/// Why variables cannot come with what begins a case, or goes on in it at `node`; pure. A process
/// that asks by forms is told nothing beside them: only what the forms of the steps that come next
/// ask for may come ahead, and fit them; what the program knows (`x-known`) may not. A process
/// without forms takes what its conditions name. `more`: names that the program takes besides.
/// Errors: workflow.not_asked, those of refuse_fields() and refuse_reserved().
std::optional<Error> refuse_unasked(const Playable& playable, Index node,
                                    const boost::json::object& given,
                                    const std::vector<std::string_view>& more = {});

/// Why variables cannot come with a step that has no form; pure. Errors: workflow.not_asked,
/// those of refuse_reserved().
std::optional<Error> refuse_formless(const Playable& playable, const boost::json::object& given);

}  // namespace jishi::workflow
