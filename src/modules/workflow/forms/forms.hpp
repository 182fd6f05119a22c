#pragma once
// Forms of tasks: JSON Schema, of which the part is held to that forms need. What a form does not
// name cannot be sent by it.

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/feel/value.hpp"
#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

/// Signs of a text, where the form says nothing; fields of one answer.
inline constexpr std::size_t kMostFieldText = 20'000;
inline constexpr std::size_t kMostFields = 500;
inline constexpr double kMostFieldItems = 1'000;  // of a list

/// Why an answer does not fit a form; pure. Fields that are missing are no fault here, but within
/// the rows of a list. Errors: workflow.field_unknown, field_type, field_choice, field_range,
/// field_text, field_control, field_date, field_link, too_many_items, row_incomplete, each with the
/// field as `path` (`variables.items[0].cents`); workflow.too_many_fields.
std::optional<Error> refuse_fields(const boost::json::object& form,
                                   const boost::json::object& answer);

/// Without a form: what no answer may set, because the program did. workflow.field_reserved.
std::optional<Error> refuse_reserved(const boost::json::object& answer);

/// The required fields of a form that hold nothing yet, or but blanks, by what they are called.
std::vector<std::string> missing_fields(const boost::json::object& form,
                                        const feel::Value& variables,
                                        Language language = Language::zh);

/// The fields that say where their value stands already (`x-known`), each with that place.
std::vector<std::pair<std::string, std::string>> known_fields_of(const boost::json::object& form);

/// The field that is the reason of a refusal itself (`x-reason`): either serves for both. Empty:
/// there is none.
std::string reason_field_of(const boost::json::object& form);

/// The fields of earlier steps that whoever has this one is shown (`x-shows`), by their names.
std::vector<std::string> shown_fields_of(const boost::json::object& form);

/// Why a form is not complete: workflow.fields_missing, with what the fields are called.
std::optional<Error> refuse_missing(const boost::json::object& form, const feel::Value& variables);

/// What a field is called: its title, else its name; in English its `x-title-en`, else that.
std::string title_of_field(const boost::json::object& form, std::string_view name,
                           Language language = Language::zh);

/// Whether a form asks for a field of this name.
bool has_field(const boost::json::object& form, std::string_view name);

}  // namespace jishi::workflow
