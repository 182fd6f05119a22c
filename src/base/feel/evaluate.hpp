#pragma once
// What an expression is worth. Errors are null, with a reason and a place; hostile expressions meet
// a limit, which is such an error.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/feel/function.hpp"
#include "base/feel/library.hpp"
#include "base/feel/syntax.hpp"

namespace jishi::feel {

/// What one evaluation may use up.
struct Limits {
  std::int64_t steps = 2'000'000;
  std::int64_t parts = 500'000;  // of one value: its items, entries and texts
  std::int64_t text_bytes = 1 << 20;
  int nesting = 64;       // of lists and contexts within each other
  int recursion = 1'000;  // of expressions and function calls
};

/// Why something was null.
struct Issue {
  Error error;
  Place place;
};

class Evaluator {
 public:
  explicit Evaluator(const Clock& clock, const Limits& limits = {})
      : clock_(clock), limits_(limits) {}

  /// The value of an expression where the names of `scope` are visible.
  Value evaluate(const Node& node, const FramePtr& scope);
  /// Whether a value passes a test or a cell's tests (true, false, or null).
  Value passes(const Value& value, const Test& test, const FramePtr& scope);
  Value passes(const Value& value, const Tests& tests, const FramePtr& scope);

  Value call(const Value& function, std::vector<Value> arguments);
  Value call_named(const Value& function, std::vector<Value> arguments,
                   const std::vector<std::string>& names);

  /// Null, with the reason. The first few reasons are kept.
  Value fail(std::string_view code, Arguments arguments = {});
  /// Counts work; false when no more is allowed, with the reason.
  bool spend(std::size_t steps);
  /// The value, or null with the reason when it is too large.
  Value admitted(Value value);

  const Clock& clock() const { return clock_; }
  const Limits& limits() const { return limits_; }
  const std::vector<Issue>& issues() const { return issues_; }
  std::vector<Issue> take_issues() { return std::move(issues_); }

 private:
  /// Counts how deep the evaluation stands.
  class Recursion {
   public:
    explicit Recursion(int& depth) : depth_(depth) { ++depth_; }
    ~Recursion() { --depth_; }
    Recursion(const Recursion&) = delete;
    Recursion& operator=(const Recursion&) = delete;

   private:
    int& depth_;
  };

  Value call_builtin(const Builtin& builtin, std::vector<Value> arguments,
                     const std::vector<std::string>& names);
  Value call_function(const Function& function, std::vector<Value> arguments);

  const Clock& clock_;
  Limits limits_;
  std::int64_t spent_ = 0;
  int recursion_ = 0;
  bool exhausted_ = false;
  Place place_;
  std::vector<Issue> issues_;
};

/// A scope with all entries of a context visible.
FramePtr scope_of(Value context, FramePtr before = nullptr);
FramePtr bound(FramePtr before, std::string name, Value value);
/// The value of a name; nothing when it is not visible.
const Value* find_name(const FramePtr& scope, std::string_view name);

/// The name under which the tested value stands in a scope.
inline constexpr std::string_view kInputName = "?";

}  // namespace jishi::feel
