#pragma once
// The syntax tree of an expression. Immutable: parsed once, evaluated as often as is wanted, from
// any thread.

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/feel/types.hpp"
#include "base/feel/value.hpp"
#include "base/result.hpp"

namespace jishi::feel {

struct Builtin;
struct Node;
using NodePtr = std::shared_ptr<const Node>;

/// A place in the text, from 1; columns count code points.
struct Place {
  int line = 1;
  int column = 1;
  friend bool operator==(const Place&, const Place&) = default;
};

enum class ArithmeticOperator { add, subtract, multiply, divide, power };
enum class Comparison { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

/// A test behind `in`, in a cell of a table; whether it speaks of the tested value (`?`) itself.
struct Test {
  NodePtr node;
  bool uses_input = false;
};

struct Parameter {
  std::string name;
  Type type;
};

namespace syntax {

struct Literal {
  Value value;
};
/// A literal that stands for nothing, such as `@"2026-02-30"`: null, with the reason.
struct Failure {
  std::string code;
  Arguments arguments;
};
struct Name {
  std::string name;
  const Builtin* builtin = nullptr;  // when no variable has the name
};
/// `?`, the value under test.
struct Input {};
struct Negation {
  NodePtr operand;
};
struct Arithmetic {
  ArithmeticOperator operation;
  NodePtr left, right;
};
struct Compare {
  Comparison comparison;
  NodePtr left, right;
};
struct Junction {
  bool disjunction;
  NodePtr left, right;
};
struct Between {
  NodePtr value, low, high;
};
struct In {
  NodePtr value;
  std::vector<Test> tests;
};
/// `< 5` as a test; elsewhere the range it means.
struct Endpoint {
  Comparison comparison;
  NodePtr operand;
};
struct If {
  NodePtr condition, yes, no;
};
struct Iterator {
  std::string name;
  NodePtr domain;
  NodePtr end;  // of `domain..end`, else none
};
struct For {
  std::vector<Iterator> iterators;
  NodePtr body;
  bool uses_partial;  // the body looks at what it returned so far
};
struct Quantified {
  bool every;
  std::vector<Iterator> iterators;
  NodePtr condition;
};
struct Filter {
  NodePtr list, condition;
};
struct Path {
  NodePtr source;
  std::string name;
};
struct InstanceOf {
  NodePtr value;
  Type type;
};
struct Range {
  NodePtr start, end;
  bool start_included, end_included;
};
struct List {
  std::vector<NodePtr> items;
};
struct Entry {
  std::string name;
  NodePtr value;
};
struct Context {
  std::vector<Entry> entries;
};
struct Lambda {
  std::vector<Parameter> parameters;
  NodePtr body;
};
struct Call {
  NodePtr callee;
  std::vector<NodePtr> arguments;
  std::vector<std::string> names;  // of named arguments; none when by position
};

}  // namespace syntax

struct Node {
  using Form =
      std::variant<syntax::Literal, syntax::Failure, syntax::Name, syntax::Input, syntax::Negation,
                   syntax::Arithmetic, syntax::Compare, syntax::Junction, syntax::Between,
                   syntax::In, syntax::Endpoint, syntax::If, syntax::For, syntax::Quantified,
                   syntax::Filter, syntax::Path, syntax::InstanceOf, syntax::Range, syntax::List,
                   syntax::Context, syntax::Lambda, syntax::Call>;
  Form form;
  Place place;
};

/// The tests of a cell: any of them has to hold, or none when negated. None at all: `-`, anything.
struct Tests {
  std::vector<Test> tests;
  bool negated = false;
};

/// The expression in one canonical form, which parses to the same tree.
std::string text_of(const Node& node);

}  // namespace jishi::feel
