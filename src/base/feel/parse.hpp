#pragma once
// From text to syntax tree. What is a name depends on the names that are known: `a-b` is one name
// where a variable is called so, else a difference.

#include <string_view>

#include "base/feel/names.hpp"
#include "base/feel/syntax.hpp"

namespace jishi::feel {

class Library;

inline constexpr std::size_t kMostExpressionBytes = 64 * 1024;
inline constexpr int kMostNesting = 128;   // brackets and keywords within each other
inline constexpr int kLongestChain = 512;  // operators one behind the other

/// What is known where an expression stands.
struct Known {
  NameSet variables;
  NameSet members;  // of contexts: what may follow a point
  TypeTable types;
  /// Whether a function that is neither the library's nor a name known here is refused; else it
  /// may come with the variables, and is null where it does not (DMN 1.5, 10.3.2.13.3).
  bool refuses_unknown_functions = false;

  /// The entries of a context as variables, the names within them as members.
  void add_context(const Value& context);
  /// The names within a value as members.
  void add_members(const Value& value);
};

/// Errors: feel.syntax, feel.too_long, feel.too_deep, feel.not_utf8, feel.unknown_function, with
/// `line` and `column`.
Result<NodePtr> parse_expression(std::string_view text, const Known& known, const Library& library);

/// Reads the tests of a cell: `-`, `> 5`, `"a", "b"`, `not(1, 2)`, or an expression with `?`.
Result<Tests> parse_tests(std::string_view text, const Known& known, const Library& library);

/// Reads a type (`list<number>`, an item definition's name).
Result<Type> parse_type(std::string_view text, const TypeTable& types);

}  // namespace jishi::feel
