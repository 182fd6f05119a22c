#pragma once
// Types of FEEL: what `instance of` asks, and what parameters and decisions are held to
// (DMN 1.5, 10.3.2.9).

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/feel/value.hpp"

namespace jishi::feel {

struct Type {
  enum class Kind {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_and_time,
    days_and_time,
    years_and_months,
    list,
    context,
    range,
    function,
    unknown  // a name that stands for no type
  };

  Kind kind = Kind::any;
  std::string name;         // as written, of an unknown one
  std::vector<Type> parts;  // a list's or range's element; a function's parameters, then its result
  struct Field;
  std::vector<Field> fields;  // of a context; none: any context
};

struct Type::Field {
  std::string name;
  Type type;
};

/// Types by the names that item definitions give them.
using TypeTable = std::map<std::string, Type, std::less<>>;

/// The built-in type of a name (`number`, `date and time`, `dateTime` …), if there is one.
std::optional<Type> built_in_type(std::string_view name);

/// Whether a value belongs to a type. Null belongs to `Null` only.
bool is_instance(const Value& value, const Type& type);

/// The value as the type wants it: as it is, as the list of one, as the one of a list, a date as
/// the midnight of a date and time. Nothing when it does not conform; null always does.
std::optional<Value> converted(const Value& value, const Type& type);

/// As it is written (`list<number>`).
std::string text_of(const Type& type);

}  // namespace jishi::feel
