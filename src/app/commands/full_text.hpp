#pragma once

#include "app/context.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::app {

/// Opens the full-text index of a store and brings it up to the ledger; says why, and how far it
/// is, where it has to be made anew. `codes` must outlive it.
Result<std::unique_ptr<orglife::FullText>> open_full_text(const Context& context, Store& store,
                                                          const Codes& codes,
                                                          const std::atomic<bool>& cancelled);

}  // namespace jishi::app
