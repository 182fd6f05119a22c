#pragma once
// Everything that can be talked about: what has a page of its own.

#include "modules/insight/rules/rule.hpp"
#include "modules/liaison/discussion/discussion.hpp"

namespace jishi::app {

/// The kinds of object with a discussion, each with what its own route asks of whoever looks at it.
/// `operations`: all that show them; `rules` must outlive the answer.
liaison::Discussions discussed(const std::vector<api::Operation>& operations,
                               const std::vector<insight::Rule>& rules);

}  // namespace jishi::app
