#pragma once
// One question, everything that was meant by it: persons, organisations, activities. Stores
// nothing.

#include "modules/orglife/orglife.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::search {

void routes(api::Routes& routes, registry::Roll& roll, orglife::FullText& full_text,
            const Codes& codes);

}  // namespace jishi::search
