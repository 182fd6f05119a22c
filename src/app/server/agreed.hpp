#pragma once
// What the project of a group holds, told to those who take part in it.

#include "modules/liaison/liaison.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::app {

/// `store` and `office` must outlive the answer.
liaison::TellAgreed tell_agreed(Store& store, const workflow::Office& office);

}  // namespace jishi::app
