#pragma once
// The shares of Party dues as organisations have set them: the account of dues asks, the settings
// of processes answer, and neither module knows the other.

#include "modules/dues/dues.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::app {

/// `office` must outlive what is returned.
dues::UpwardShares upward_shares(const workflow::Office& office);

}  // namespace jishi::app
