#pragma once
// Functions as values: written in an expression, handed in by a decision, or built in.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/feel/syntax.hpp"

namespace jishi::feel {

class Evaluator;

/// Names that are visible at a place: one name, or all entries of a context, and those before.
struct Frame {
  std::shared_ptr<const Frame> before;
  std::string name;  // empty: the entries of `value`
  Value value;
};
using FramePtr = std::shared_ptr<const Frame>;

struct Function {
  std::vector<Parameter> parameters;
  Type result;
  std::string own_name;  // under which it may call itself; empty: none
  NodePtr body;
  FramePtr scope;
  /// Instead of a body: a function of the surrounding program, given its arguments in order.
  std::function<Value(Evaluator&, const std::vector<Value>&)> native;
  const Builtin* builtin = nullptr;  // instead of all else
};

}  // namespace jishi::feel
