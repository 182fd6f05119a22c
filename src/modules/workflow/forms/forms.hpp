#pragma once
// Forms of tasks: JSON Schema, of which the part is held to that forms need. What a form does not
// name cannot be sent by it.

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/feel/value.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

/// Signs of a text, where the form says nothing; fields of one answer.
inline constexpr std::size_t kMostFieldText = 20'000;
inline constexpr std::size_t kMostFields = 500;

/// Why an answer does not fit a form; pure. Fields that are missing are no fault here. Errors:
/// workflow.field_unknown, field_type, field_choice, field_range, field_text, field_date, each with
/// the field as `path`; workflow.too_many_fields.
std::optional<Error> refuse_fields(const boost::json::object& form,
                                   const boost::json::object& answer);

/// Without a form: what no answer may set, because the program did. workflow.field_reserved.
std::optional<Error> refuse_reserved(const boost::json::object& answer);

/// The required fields of a form that hold nothing yet, by what they are called.
std::vector<std::string> missing_fields(const boost::json::object& form,
                                        const feel::Value& variables);

/// The fields that say where their value stands already (`x-known`), each with that place.
std::vector<std::pair<std::string, std::string>> known_fields_of(const boost::json::object& form);

/// What a field is called: its title, else its name.
std::string title_of_field(const boost::json::object& form, std::string_view name);

}  // namespace jishi::workflow
