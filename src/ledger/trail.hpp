#pragma once
// Looking back along the ledger without an index of its own: commands, like facts, stand in order.

#include <optional>
#include <vector>

#include "ledger/fact.hpp"
#include "platform/db/typed.hpp"

namespace jishi::ledger {

/// The facts of one command, in order; at most `limit`.
std::vector<Fact> facts_of(db::Reader& reader, Id command, std::size_t limit);

/// The number of the last fact; 0 when there is none.
std::int64_t last_seq(db::Reader& reader);

/// The first fact after `seq` about an organisation whose kind is within [first, last]. Walks the
/// facts after `seq`: the caller has made sure that they are not too many.
std::optional<std::int64_t> touched_after(db::Reader& reader, std::int64_t seq, Id organisation,
                                          FactKind first, FactKind last);

}  // namespace jishi::ledger
