#pragma once
// A refused row that tells of a true oddity, accepted by a person for a reason: old registers hold
// members who joined at seventeen.

#include <string_view>

#include "base/codes.hpp"
#include "modules/intake/import/quarantine.hpp"

namespace jishi::intake {

inline constexpr std::size_t kMaxReason = 2'000;  // bytes

struct Accepted {
  Id batch = kNoId;  // the small batch of its own: it can be undone without the import it came with
  Id organisation = kNoId;
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (batch, organisation, person))

/// Whether a person may accept a row that was refused for this code.
bool is_acceptable(std::string_view code);

/// Accepts a refused row: it is read again from its kept cells, without the problems that a person
/// may overrule, and written as a batch of its own with the source of the import it came with.
/// Accepting it again changes nothing. Fails with intake.row_missing, intake.reason_missing,
/// intake.reason_too_long, intake.not_acceptable (codes: those that no one may overrule), or
/// intake.still_refused (codes: what the store says against it now).
Result<Accepted> accept_refused_row(Store& store, Actor actor, const Codes& codes,
                                    const RowPlace& place, std::string_view reason);

}  // namespace jishi::intake
