#pragma once
// What each form of the syntax tree is worth; the evaluator's inside.

#include "base/feel/evaluate.hpp"

namespace jishi::feel {

/// Evaluates one node. A function of this struct a form.
struct Walk {
  Evaluator& evaluator;
  const FramePtr& scope;
  Place place;
  Place& current;  // the evaluator's, for reasons

  Value operator()(const syntax::Literal& form) const { return form.value; }
  Value operator()(const syntax::Failure& form) const;
  Value operator()(const syntax::Name& form) const;
  Value operator()(const syntax::Input& form) const;
  Value operator()(const syntax::Negation& form) const;
  Value operator()(const syntax::Arithmetic& form) const;
  Value operator()(const syntax::Compare& form) const;
  Value operator()(const syntax::Junction& form) const;
  Value operator()(const syntax::Between& form) const;
  Value operator()(const syntax::In& form) const;
  Value operator()(const syntax::Endpoint& form) const;
  Value operator()(const syntax::If& form) const;
  Value operator()(const syntax::For& form) const;
  Value operator()(const syntax::Quantified& form) const;
  Value operator()(const syntax::Filter& form) const;
  Value operator()(const syntax::Path& form) const;
  Value operator()(const syntax::InstanceOf& form) const;
  Value operator()(const syntax::Range& form) const;
  Value operator()(const syntax::List& form) const;
  Value operator()(const syntax::Context& form) const;
  Value operator()(const syntax::Lambda& form) const;
  Value operator()(const syntax::Call& form) const;

 private:
  Value of(const NodePtr& node) const { return evaluator.evaluate(*node, scope); }
  Value fail(std::string_view code, Arguments arguments = {}) const;
  std::optional<std::vector<Value>> domain(const syntax::Iterator& iterator,
                                           const FramePtr& at) const;
  std::optional<std::vector<Value>> steps(const Value& from, const Value& to) const;
  std::optional<std::vector<Value>> members(const RangeValue& range) const;
  template <class Visit>
  bool iterate(const std::vector<syntax::Iterator>& iterators, std::size_t index,
               const FramePtr& at, const Visit& visit) const;
};

/// The result of a comparison: true, false, or null.
Value compared(Comparison comparison, const Value& left, const Value& right);
/// Whether a value is what a test gives: equal, in its range, or in its list.
Value matches(const Value& value, const Value& test);
/// A property of a date, time, duration or range; nothing when it has none of that name.
std::optional<Value> property(const Value& value, std::string_view name);

}  // namespace jishi::feel
