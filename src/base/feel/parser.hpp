#pragma once
// The parser's inside; others use parse.hpp.

#include <optional>
#include <string>
#include <vector>

#include "base/feel/library.hpp"
#include "base/feel/parse.hpp"
#include "base/feel/reader.hpp"

namespace jishi::feel {

/// Recursive descent. A function that finds a mistake remembers the first one and returns null;
/// its callers return null in turn.
class Parser {
 public:
  Parser(std::string_view text, const Known& known, const Library& library);

  NodePtr whole_expression();
  std::optional<Tests> whole_tests();
  std::optional<Type> whole_type();
  Error error() const { return *error_; }

 private:
  class Nested;

  NodePtr expression();
  NodePtr conjunction();
  NodePtr comparison();
  NodePtr compared(NodePtr left, std::size_t begin);
  NodePtr compared_range(Comparison comparison);
  NodePtr sum();
  NodePtr product();
  NodePtr power();
  NodePtr negation();
  NodePtr instance();
  NodePtr postfix();
  NodePtr filter(NodePtr list, std::size_t begin);
  NodePtr path(NodePtr source, std::size_t begin);
  NodePtr call(NodePtr callee, std::size_t begin);
  NodePtr primary();
  NodePtr keyword_form(std::size_t begin);
  NodePtr number(std::size_t begin);
  NodePtr string(std::size_t begin);
  NodePtr at_literal(std::size_t begin);
  NodePtr named(std::size_t begin);
  NodePtr parenthesis(std::size_t begin);
  NodePtr list_or_range(std::size_t begin);
  NodePtr range_from(NodePtr start, bool start_included, std::size_t begin);
  NodePtr context(std::size_t begin);
  NodePtr lambda(std::size_t begin);
  NodePtr condition(std::size_t begin);
  NodePtr loop(std::size_t begin);
  NodePtr quantified(bool every, std::size_t begin);
  NodePtr between(NodePtr value, std::size_t begin);
  NodePtr in(NodePtr value, std::size_t begin);
  std::optional<std::vector<syntax::Iterator>> iterators(std::string_view until);
  std::optional<syntax::Iterator> iterator();
  std::optional<std::vector<Parameter>> parameters();
  std::optional<std::vector<Test>> tests(std::string_view until);
  std::optional<Test> test();
  NodePtr endpoint(std::size_t begin);
  std::optional<Type> type();
  std::optional<Type> type_arguments(Type of);
  std::optional<Type> context_type();
  std::optional<Type> function_type();

  bool expect(std::string_view sign);
  bool expect_word(std::string_view word);
  bool closes_range();
  bool may_be_function(const Node& callee) const;
  std::nullptr_t fail(std::string_view code, Arguments arguments = {});
  std::nullptr_t fail_at(Place place, std::string_view code, Arguments arguments);
  std::nullptr_t unexpected(std::string_view wanted);
  NodePtr make(Node::Form form, std::size_t begin) const;
  NodePtr chained(Node::Form form, std::size_t begin);

  Reader reader_;
  const Known& known_;
  const Library& library_;
  std::vector<NameSet> scopes_;  // of names that the expression itself declares, innermost last
  NameSet members_;              // that the expression itself names
  std::optional<Error> error_;
  int nesting_ = 0;
  int chain_ = 0;
  int retries_ = 0;
  int filters_ = 0;          // around: names may be members of the item
  int endpoint_ = 0;         // within the end of a range, where `[` may close it
  int partials_ = 0;         // times that `partial` was met
  bool uses_input_ = false;  // `?` was met since the test began
};

}  // namespace jishi::feel
