#pragma once
// The built-in functions, and how others are added to them.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/feel/names.hpp"
#include "base/feel/syntax.hpp"

namespace jishi::feel {

class Evaluator;

/// One call of a built-in function: its arguments in the order of the parameters, converted to
/// their types; what was left out is null.
class Invocation {
 public:
  Invocation(Evaluator& evaluator, const Builtin& builtin, std::vector<Value> arguments)
      : evaluator_(evaluator), builtin_(builtin), arguments_(std::move(arguments)) {}

  std::size_t size() const { return arguments_.size(); }
  const Value& operator[](std::size_t index) const;
  const Decimal& number(std::size_t index) const { return *(*this)[index].number(); }
  const std::string& text(std::size_t index) const { return *(*this)[index].text(); }
  const std::vector<Value>& items(std::size_t index) const { return *(*this)[index].items(); }
  /// The arguments of a variadic function; of one list alone, its items.
  std::vector<Value> spread() const;

  /// Null, with the reason. `code` without its arguments `function`, which is added.
  Value fail(std::string_view code, Arguments arguments = {}) const;
  /// Calls a function that came as an argument.
  Value call(const Value& function, std::vector<Value> arguments) const;
  /// Counts work beyond the usual; false when the limit is reached: return null.
  bool spend(std::size_t steps) const;
  Evaluator& evaluator() const { return evaluator_; }

 private:
  Evaluator& evaluator_;
  const Builtin& builtin_;
  std::vector<Value> arguments_;
};

using Work = std::function<Value(const Invocation&)>;

/// One way to call a function.
struct Signature {
  struct Parameter {
    std::string name;
    Type type;
    bool optional = false;
    bool takes_null = false;  // else a null makes the result null
  };
  std::vector<Parameter> parameters;
  bool variadic = false;  // the last parameter may come any number of times
  Work work;
};

struct Builtin {
  std::string name;
  std::vector<Signature> signatures;
};

class Library {
 public:
  /// The functions of DMN 1.5, 10.3.4.
  static const Library& standard();
  /// The same, to be added to.
  static Library make_standard();

  /// Adds a function, or another way to call it: `substring(string: string, start position: number,
  /// length: number?)`. `?` may be left out, `~` takes null, `...` any number of times; without a
  /// type, anything.
  void add(std::string_view signature, Work work);

  const Builtin* find(std::string_view name) const;
  const NameSet& names() const { return names_; }

 private:
  std::map<std::string, std::unique_ptr<Builtin>, std::less<>> builtins_;
  NameSet names_;
};

/// The standard's functions by section.
void add_conversion_functions(Library& library);
void add_string_functions(Library& library);
void add_pattern_functions(Library& library);
void add_list_functions(Library& library);
void add_aggregate_functions(Library& library);
void add_number_functions(Library& library);
void add_time_functions(Library& library);
void add_range_functions(Library& library);
void add_context_functions(Library& library);

}  // namespace jishi::feel
