#pragma once
// A refused row that is written after all, as a batch of its own: as it came and accepted for a
// reason, or as a person corrected it.

#include "base/codes.hpp"
#include "modules/intake/accept/accept.hpp"

namespace jishi::intake {

struct KeptRow {
  const RefusedRow& refused;               // its cells are those to be read
  const std::vector<std::string>& accept;  // problems that the person overrules
  FactKind fact;
  std::string_view reason;
  bool corrected = false;  // the cells are not those it came with: they are kept beside
};

/// Reads the row again, without the problems that are overruled, and writes it with the source of
/// the import it came with. Fails with intake.row_missing, intake.still_refused; then `still` has
/// what is said against it now.
Result<Accepted> write_kept_row(Transaction& tx, const Codes& codes, const KeptRow& row,
                                std::vector<Problem>& still);

/// The error where some of the codes may not be overruled: intake.not_acceptable.
std::optional<Error> refuse_codes(const std::vector<std::string>& codes);
/// intake.reason_missing, intake.reason_too_long.
std::optional<Error> refuse_reason(std::string_view reason);

/// The batch that a refused row was written in.
std::optional<Id> accepted_in(db::Reader& reader, const RowPlace& place);

}  // namespace jishi::intake
