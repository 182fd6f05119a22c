#pragma once
// Organisations that a form asks for: there, of the kind it says (`x-kind`), not abolished, and
// below the one that it names (`x-under`, a variable of the case).

#include <boost/json.hpp>

#include "base/feel/value.hpp"
#include "ledger/store.hpp"

namespace jishi::workflow {

/// What organisations of an answer are held against.
struct PlaceView {
  const feel::Value& held;   // the variables of the case before the answer
  const feel::Value& given;  // what the answer brings
  bool whole = false;        // what the case holds already counts as answered too
};

/// Why an organisation that was picked cannot be taken. Errors: workflow.place_unknown,
/// place_no_committee, place_no_branch, place_ended, place_ended_for (with what came after it),
/// place_not_under, each with the field as `path`.
std::optional<Error> refuse_places(Transaction& tx, const boost::json::object& form,
                                   const PlaceView& view);

}  // namespace jishi::workflow
