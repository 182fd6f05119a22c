#pragma once
// Refusals of the engine and of operations as people read them: names where these have ids, the
// step's name for a message, the article and the field in both languages.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// The same refusal with words for its ids; what is not known stays as it is.
Error said_refusal(db::Reader& reader, const Office& office, const HeldCase& held, Error refused);

/// What a person or an account is called; its id where it has no name.
std::string name_or_id(db::Reader& reader, const std::string& id);

/// Whether an id is that of a person on record or of an account.
bool is_known(db::Reader& reader, const std::string& id);

}  // namespace jishi::workflow
