#pragma once
// Persons that a form asks for as members of the organisation whose case it is (`x-here`).

#include <boost/json.hpp>

#include "base/feel/value.hpp"
#include "ledger/store.hpp"

namespace jishi::workflow {

/// Why somebody who is named in a field, or in a row of one, cannot be: no member of the
/// organisation or of one below it, or one who is gone. Error: workflow.person_not_here, with the
/// field as `path`, and the person by name only where the caller sees them.
std::optional<Error> refuse_persons(Transaction& tx, Id organisation,
                                    const boost::json::object& form, const feel::Value& given);

}  // namespace jishi::workflow
