#include "modules/workflow/definition/cover.hpp"

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

bool is_true(const feel::Node& node) {
  const auto* literal = std::get_if<syntax::Literal>(&node.form);
  return literal != nullptr && literal->value.is_true();
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
    if (is_true(*one)) return Cover::all;
    for (const auto& other : conditions) {
      if (one != other) found = std::max(found, opposites(*one, *other));
    }
  }
  return found;
}

bool is_never(const feel::NodePtr& condition) {
  if (condition == nullptr) return false;
  const auto* literal = std::get_if<syntax::Literal>(&condition->form);
  return literal != nullptr && !literal->value.is_true();
}

}  // namespace jishi::workflow
