#pragma once
// What stands in a person's calendar beside the lights: their tasks, the meetings they were told
// of, and what their organisations plan. The calendar asks; the modules do not know each other.

#include "modules/insight/routes.hpp"

namespace jishi::app {

/// `codes` must outlive what is returned.
insight::DueSource days_of_work(const Codes& codes);

}  // namespace jishi::app
