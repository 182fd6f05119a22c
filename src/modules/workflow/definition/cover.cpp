#include "modules/workflow/definition/cover.hpp"

#include "base/feel/evaluate.hpp"

namespace jishi::workflow {

namespace {

using feel::Comparison;
namespace syntax = feel::syntax;

Comparison opposite(Comparison comparison) {
  switch (comparison) {
    case Comparison::equal: return Comparison::not_equal;
    case Comparison::not_equal: return Comparison::equal;
    case Comparison::less: return Comparison::greater_or_equal;
    case Comparison::less_or_equal: return Comparison::greater;
    case Comparison::greater: return Comparison::less_or_equal;
    case Comparison::greater_or_equal: return Comparison::less;
  }
  return comparison;
}

// Whether all parts of an expression are the same whatever a case holds: no variables in it, and
// nothing that asks for the day.
struct Constant {
  static bool of(const feel::NodePtr& node) {
    return node != nullptr && std::visit(Constant{}, node->form);
  }
  static bool all(const std::vector<feel::NodePtr>& nodes) {
    return std::all_of(nodes.begin(), nodes.end(), of);
  }

  bool operator()(const syntax::Literal&) const { return true; }
  bool operator()(const syntax::Failure&) const { return true; }
  bool operator()(const syntax::Negation& form) const { return of(form.operand); }
  bool operator()(const syntax::Arithmetic& form) const { return of(form.left) && of(form.right); }
  bool operator()(const syntax::Compare& form) const { return of(form.left) && of(form.right); }
  bool operator()(const syntax::Junction& form) const { return of(form.left) && of(form.right); }
  bool operator()(const syntax::Range& form) const { return of(form.start) && of(form.end); }
  bool operator()(const syntax::List& form) const { return all(form.items); }
  bool operator()(const syntax::If& form) const {
    return of(form.condition) && of(form.yes) && of(form.no);
  }
  bool operator()(const syntax::Between& form) const {
    return of(form.value) && of(form.low) && of(form.high);
  }
  bool operator()(const syntax::Context& form) const {
    return std::all_of(form.entries.begin(), form.entries.end(),
                       [](const syntax::Entry& entry) { return of(entry.value); });
  }
  bool operator()(const syntax::Call& form) const {
    const auto* name = std::get_if<syntax::Name>(&form.callee->form);
    return name != nullptr && name->builtin != nullptr && !form.arguments.empty() &&
           all(form.arguments);
  }
  template <class Other>
  bool operator()(const Other&) const {
    return false;
  }
};

std::optional<feel::Value> value_if_constant(const feel::NodePtr& node) {
  if (!Constant::of(node)) return std::nullopt;
  const FixedClock clock{*make_date(2026, 1, 1)};
  return feel::Evaluator(clock).evaluate(*node, nullptr);
}

bool is_true(const feel::NodePtr& node) {
  const auto value = value_if_constant(node);
  return value && value->is_true();
}

// Whether `node` is `not(other)`.
bool denies(const feel::Node& node, const feel::Node& other) {
  const auto* call = std::get_if<syntax::Call>(&node.form);
  if (call == nullptr || call->arguments.size() != 1) return false;
  const auto* name = std::get_if<syntax::Name>(&call->callee->form);
  return name != nullptr && name->name == "not" && text_of(*call->arguments[0]) == text_of(other);
}

Cover opposites(const feel::Node& left, const feel::Node& right) {
  if (denies(left, right) || denies(right, left)) return Cover::unless_null;
  const auto* one = std::get_if<syntax::Compare>(&left.form);
  const auto* other = std::get_if<syntax::Compare>(&right.form);
  if (one == nullptr || other == nullptr || other->comparison != opposite(one->comparison) ||
      text_of(*one->left) != text_of(*other->left) ||
      text_of(*one->right) != text_of(*other->right)) {
    return Cover::none;
  }
  const bool equality =
      one->comparison == Comparison::equal || one->comparison == Comparison::not_equal;
  return equality ? Cover::all : Cover::unless_null;
}

}  // namespace

Cover cover_of(const std::vector<feel::NodePtr>& conditions) {
  Cover found = Cover::none;
  for (const auto& one : conditions) {
    if (is_true(one)) return Cover::all;
    for (const auto& other : conditions) {
      if (one != other) found = std::max(found, opposites(*one, *other));
    }
  }
  return found;
}

bool is_never(const feel::NodePtr& condition) {
  if (condition == nullptr) return false;
  if (const auto* both = std::get_if<syntax::Junction>(&condition->form)) {
    const bool left = is_never(both->left);
    const bool right = is_never(both->right);
    return both->disjunction ? left && right : left || right;
  }
  const auto value = value_if_constant(condition);
  return value && !value->is_true();
}

bool is_no_context(const feel::NodePtr& expression) {
  const auto value = value_if_constant(expression);
  return value && value->entries() == nullptr;
}

}  // namespace jishi::workflow
