#pragma once
// Today's tree of a structure from its closure: who stands above whom, quickly.

#include "ledger/store.hpp"

namespace jishi::registry {

/// An organisation and all above it in a structure today, from itself up to the top; nothing when
/// it does not stand in the structure.
std::vector<Id> line_above(db::Reader& reader, std::string_view structure, Id organisation);

/// Whether `organisation` is `ancestor`, or stands below it, in a structure today.
bool is_under(db::Reader& reader, std::string_view structure, Id ancestor, Id organisation);

/// The organisations at the top of a structure today; kMaxChildren at most.
std::vector<Id> roots(db::Reader& reader, std::string_view structure);

/// Whether anything stands below an organisation in a structure today.
bool has_below(db::Reader& reader, std::string_view structure, Id organisation);

}  // namespace jishi::registry
