// Operators, from the weakest to the strongest, and what follows a value.
#include <algorithm>

#include "base/feel/parser.hpp"

namespace jishi::feel {

namespace {
constexpr int kMostRetries = 64;
}

/// Counts how deep the parser stands.
class Parser::Nested {
 public:
  explicit Nested(Parser& parser) : parser_(parser) { ++parser_.nesting_; }
  ~Nested() { --parser_.nesting_; }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;
  bool too_deep() const { return parser_.nesting_ > kMostNesting; }

 private:
  Parser& parser_;
};

NodePtr Parser::expression() {
  const Nested nested(*this);
  if (nested.too_deep()) return fail("feel.too_deep", {{"limit", std::to_string(kMostNesting)}});
  const std::size_t begin = reader_.position();
  NodePtr left = conjunction();
  while (left != nullptr && reader_.take_word("or")) {
    NodePtr right = conjunction();
    if (right == nullptr) return nullptr;
    left = chained(syntax::Junction{true, std::move(left), std::move(right)}, begin);
  }
  return left;
}

NodePtr Parser::conjunction() {
  const std::size_t begin = reader_.position();
  NodePtr left = comparison();
  while (left != nullptr && reader_.take_word("and")) {
    NodePtr right = comparison();
    if (right == nullptr) return nullptr;
    left = chained(syntax::Junction{false, std::move(left), std::move(right)}, begin);
  }
  return left;
}

NodePtr Parser::comparison() {
  const std::size_t begin = reader_.position();
  NodePtr left = sum();
  while (left != nullptr) {
    NodePtr next = compared(left, begin);
    if (error_) return nullptr;
    if (next == left) return left;
    left = std::move(next);
  }
  return left;
}

// One comparison on top of `left`, or `left` itself when none follows.
NodePtr Parser::compared(NodePtr left, std::size_t begin) {
  static constexpr std::pair<std::string_view, Comparison> kSigns[] = {
      {"!=", Comparison::not_equal},
      {"<=", Comparison::less_or_equal},
      {">=", Comparison::greater_or_equal},
      {"=", Comparison::equal},
      {"<", Comparison::less},
      {">", Comparison::greater}};
  for (const auto& [sign, comparison] : kSigns) {
    if (!reader_.take(sign)) continue;
    NodePtr right = compared_range(comparison);
    if (right == nullptr && !error_) right = sum();
    if (right == nullptr) return nullptr;
    return chained(syntax::Compare{comparison, std::move(left), std::move(right)}, begin);
  }
  if (reader_.take_word("between")) return between(std::move(left), begin);
  if (reader_.take_word("in")) return in(std::move(left), begin);
  return left;
}

// The range that is held against another, as in `range("[2..)") = >=2`; null where there is none.
// A blank sets it off: `=>` and `=<` are slips of the pen, and are told at once.
NodePtr Parser::compared_range(Comparison comparison) {
  if (comparison != Comparison::equal && comparison != Comparison::not_equal) return nullptr;
  const bool apart = reader_.next_is_blank();
  if (!apart || !(reader_.next_is("<") || reader_.next_is(">"))) return nullptr;
  return endpoint(reader_.position());
}

NodePtr Parser::between(NodePtr value, std::size_t begin) {
  NodePtr low = sum();
  if (low == nullptr || !expect_word("and")) return nullptr;
  NodePtr high = sum();
  if (high == nullptr) return nullptr;
  return chained(syntax::Between{std::move(value), std::move(low), std::move(high)}, begin);
}

NodePtr Parser::in(NodePtr value, std::size_t begin) {
  const std::size_t behind = reader_.position();
  if (reader_.take("(")) {
    auto all = tests(")");
    // `in (1..5)` is a range, `in (a).b` an expression.
    const bool list = all && !reader_.next_is(".") && !reader_.next_is("[");
    if (list) return chained(syntax::In{std::move(value), std::move(*all)}, begin);
    // Each second reading may hold further ones: they are counted, or their number would double.
    if (++retries_ > kMostRetries) return fail("feel.too_deep", {{"limit", "64"}});
    error_.reset();
    reader_.go_to(behind);
  }
  const bool before = std::exchange(uses_input_, false);
  NodePtr node = endpoint(behind);
  if (node == nullptr && !error_) node = sum();
  const Test test{node, uses_input_};
  uses_input_ = before;
  if (node == nullptr) return nullptr;
  return chained(syntax::In{std::move(value), {test}}, begin);
}

NodePtr Parser::sum() {
  const std::size_t begin = reader_.position();
  NodePtr left = product();
  while (left != nullptr) {
    const bool add = reader_.take("+");
    if (!add && !reader_.take("-")) return left;
    NodePtr right = product();
    if (right == nullptr) return nullptr;
    left = chained(syntax::Arithmetic{add ? ArithmeticOperator::add : ArithmeticOperator::subtract,
                                      std::move(left), std::move(right)},
                   begin);
  }
  return left;
}

NodePtr Parser::product() {
  const std::size_t begin = reader_.position();
  NodePtr left = power();
  while (left != nullptr) {
    const bool multiply = !reader_.next_is("**") && reader_.take("*");
    if (!multiply && !reader_.take("/")) return left;
    NodePtr right = power();
    if (right == nullptr) return nullptr;
    left = chained(
        syntax::Arithmetic{multiply ? ArithmeticOperator::multiply : ArithmeticOperator::divide,
                           std::move(left), std::move(right)},
        begin);
  }
  return left;
}

NodePtr Parser::power() {
  const std::size_t begin = reader_.position();
  NodePtr left = negation();
  while (left != nullptr && reader_.take("**")) {
    NodePtr right = negation();
    if (right == nullptr) return nullptr;
    left = chained(syntax::Arithmetic{ArithmeticOperator::power, std::move(left), std::move(right)},
                   begin);
  }
  return left;
}

NodePtr Parser::negation() {
  const std::size_t begin = reader_.position();
  if (!reader_.take("-")) return instance();
  const Nested nested(*this);
  if (nested.too_deep()) return fail("feel.too_deep", {{"limit", std::to_string(kMostNesting)}});
  NodePtr operand = negation();
  if (operand == nullptr) return nullptr;
  return make(syntax::Negation{std::move(operand)}, begin);
}

NodePtr Parser::instance() {
  const std::size_t begin = reader_.position();
  NodePtr value = postfix();
  while (value != nullptr && reader_.take_word("instance")) {
    if (!expect_word("of")) return nullptr;
    auto of = type();
    if (!of) return nullptr;
    value = chained(syntax::InstanceOf{std::move(value), std::move(*of)}, begin);
  }
  return value;
}

NodePtr Parser::postfix() {
  const std::size_t begin = reader_.position();
  NodePtr value = primary();
  while (value != nullptr) {
    if (reader_.next_is("..")) return value;
    if (reader_.take(".")) {
      value = path(std::move(value), begin);
    } else if (reader_.next_is("[") && !(endpoint_ > 0 && closes_range())) {
      reader_.take("[");
      value = filter(std::move(value), begin);
    } else if (reader_.take("(")) {
      value = call(std::move(value), begin);
    } else {
      return value;
    }
  }
  return value;
}

// Whether a `[` behind the end of a range closes it, rather than filtering the end: so it does when
// nothing follows with which a filter could begin.
bool Parser::closes_range() {
  const std::size_t begin = reader_.position();
  reader_.take("[");
  bool closes = reader_.at_end();
  for (const std::string_view sign : {",", ")", ".", "]", "}", "=", "!", "<", ">", "*", "/", "+"}) {
    closes = closes || reader_.next_is(sign);
  }
  for (const std::string_view word :
       {"and", "or", "then", "else", "return", "satisfies", "in", "between", "instance"}) {
    closes = closes || reader_.next_is_word(word);
  }
  reader_.go_to(begin);
  return closes;
}

NodePtr Parser::filter(NodePtr list, std::size_t begin) {
  const int endpoint = std::exchange(endpoint_, 0);
  scopes_.emplace_back();
  scopes_.back().add("item");
  ++filters_;
  NodePtr by = expression();
  --filters_;
  scopes_.pop_back();
  endpoint_ = endpoint;
  if (by == nullptr || !expect("]")) return nullptr;
  return chained(syntax::Filter{std::move(list), std::move(by)}, begin);
}

NodePtr Parser::path(NodePtr source, std::size_t begin) {
  const auto rest = reader_.rest();
  const auto own = members_.longest(rest);
  const auto given = known_.members.longest(rest);
  const auto& best = own.length >= given.length ? own : given;
  std::string name(best.name);
  if (best.length > 0) {
    reader_.skip(best.length);
  } else {
    // Keywords may be members too: `request.for`.
    name = reader_.take_words();
    if (name.empty()) {
      name = std::string(reader_.next_word());
      reader_.skip(name.size());
    }
  }
  if (name.empty()) return unexpected("name");
  return chained(syntax::Path{std::move(source), std::move(name)}, begin);
}

// A name that nothing knows calls nothing. What is no plain name is a function if its value is.
bool Parser::may_be_function(const Node& callee) const {
  const auto* named = std::get_if<syntax::Name>(&callee.form);
  if (named == nullptr || named->builtin != nullptr) return true;
  const auto has = [&](const NameSet& names) { return names.longest(named->name).length != 0; };
  return has(known_.variables) || has(members_) || std::any_of(scopes_.begin(), scopes_.end(), has);
}

NodePtr Parser::call(NodePtr callee, std::size_t begin) {
  if (known_.refuses_unknown_functions && !may_be_function(*callee)) {
    return fail_at(callee->place, "feel.unknown_function",
                   {{"name", std::get<syntax::Name>(callee->form).name}});
  }
  const int endpoint = std::exchange(endpoint_, 0);
  syntax::Call made{std::move(callee), {}, {}};
  if (!reader_.take(")")) {
    do {
      std::string name = reader_.take_declared_name(":");
      if (!name.empty()) reader_.take(":");
      if (name.empty() != made.names.empty() && !made.arguments.empty()) {
        return fail("feel.mixed_arguments");
      }
      NodePtr argument = expression();
      if (argument == nullptr) return nullptr;
      made.arguments.push_back(std::move(argument));
      if (!name.empty()) made.names.push_back(std::move(name));
    } while (reader_.take(","));
    if (!expect(")")) return nullptr;
  }
  endpoint_ = endpoint;
  return chained(std::move(made), begin);
}

}  // namespace jishi::feel
