#pragma once
// Links with valid time, and the closure of today's tree kept in line with them: only the rows of
// the subtree that moves are written.

#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// Whether an organisation stands below `above` (or is it) on `from` or any day after.
bool stands_below_since(db::Reader& reader, std::string_view structure, Id organisation, Id above,
                        Date from);

/// Whether the tree would become deeper than kMaxDepth with `child` under `parent`.
bool too_deep(db::Reader& reader, std::string_view structure, Id child, Id parent);

/// How many organisations stand below one today.
int count_below(db::Reader& reader, std::string_view structure, Id organisation);

/// Puts an organisation under `parent` (0: at the top) from `on`, which no later link may follow.
void place(Transaction& tx, std::string_view structure, Id child, Id parent, Date on);

/// Takes back a placing of `on`: the link before it (under `parent` since `since`) holds again, or,
/// when `since` is none, the organisation leaves the structure.
void take_back_placing(Transaction& tx, std::string_view structure, Id child, Date on,
                       std::optional<Id> parent, std::optional<Date> since);

}  // namespace jishi::registry
