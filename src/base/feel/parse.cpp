#include "base/feel/parse.hpp"

#include "base/feel/parser.hpp"
#include "base/text.hpp"

namespace jishi::feel {

namespace {

constexpr std::string_view kMembers[] = {
    "time offset", "start included", "end included", "year",     "month", "day",    "weekday",
    "hour",        "minute",         "second",       "timezone", "years", "months", "days",
    "hours",       "minutes",        "seconds",      "start",    "end"};

std::optional<Error> refuse_text(std::string_view text) {
  const Arguments start{{"line", "1"}, {"column", "1"}};
  if (text.size() > kMostExpressionBytes) {
    auto arguments = start;
    arguments.emplace_back("limit", std::to_string(kMostExpressionBytes));
    return jishi::fail(ErrorKind::invalid, "feel.too_long", arguments);
  }
  if (!is_utf8(text)) return jishi::fail(ErrorKind::invalid, "feel.not_utf8", start);
  return std::nullopt;
}

}  // namespace

void Known::add_members(const Value& value) {
  if (const auto* entries = value.entries()) {
    for (const auto& [name, held] : *entries) {
      members.add(name);
      add_members(held);
    }
  } else if (const auto* items = value.items()) {
    for (const Value& item : *items) add_members(item);
  }
}

void Known::add_context(const Value& context) {
  if (const auto* entries = context.entries()) {
    for (const auto& entry : *entries) variables.add(entry.first);
  }
  add_members(context);
}

Parser::Parser(std::string_view text, const Known& known, const Library& library)
    : reader_(text), known_(known), library_(library) {
  for (const auto member : kMembers) members_.add(member);
}

std::nullptr_t Parser::fail(std::string_view code, Arguments arguments) {
  return fail_at(reader_.place_of(reader_.position()), code, std::move(arguments));
}

std::nullptr_t Parser::fail_at(Place place, std::string_view code, Arguments arguments) {
  if (error_) return nullptr;
  arguments.emplace_back("line", std::to_string(place.line));
  arguments.emplace_back("column", std::to_string(place.column));
  error_ = jishi::fail(ErrorKind::invalid, code, std::move(arguments));
  return nullptr;
}

std::nullptr_t Parser::unexpected(std::string_view wanted) {
  constexpr std::size_t kShown = 20;
  std::string found;
  auto rest = reader_.rest();
  for (std::size_t count = 0; count < kShown && !rest.empty(); ++count) {
    const auto size = first_code_point(rest).length;
    if (rest.front() == '\n') break;
    found += rest.substr(0, size);
    rest.remove_prefix(size);
  }
  if (wanted == "name") return fail("feel.name_wanted", {{"found", found}});
  if (wanted == "type") return fail("feel.type_wanted", {{"found", found}});
  const Arguments arguments{{"wanted", std::string(wanted)}, {"found", found}};
  if (found.empty()) return fail(wanted.empty() ? "feel.end" : "feel.end_wanted", arguments);
  return fail(wanted.empty() ? "feel.unexpected" : "feel.wanted", arguments);
}

bool Parser::expect(std::string_view sign) {
  if (reader_.take(sign)) return true;
  unexpected(sign);
  return false;
}

bool Parser::expect_word(std::string_view word) {
  if (reader_.take_word(word)) return true;
  unexpected(word);
  return false;
}

NodePtr Parser::make(Node::Form form, std::size_t begin) const {
  return std::make_shared<const Node>(Node{std::move(form), reader_.place_of(begin)});
}

// A chain of operators makes a deep tree, though nothing is nested.
NodePtr Parser::chained(Node::Form form, std::size_t begin) {
  if (++chain_ > kLongestChain) {
    return fail("feel.chain_too_long", {{"limit", std::to_string(kLongestChain)}});
  }
  return make(std::move(form), begin);
}

NodePtr Parser::whole_expression() {
  NodePtr node = expression();
  if (node != nullptr && !reader_.at_end()) return unexpected("");
  return node;
}

std::optional<Tests> Parser::whole_tests() {
  const std::size_t begin = reader_.position();
  if (reader_.take("-") && reader_.at_end()) return Tests{};
  reader_.go_to(begin);
  if (reader_.take_word("not") && reader_.take("(")) {
    if (auto inner = tests(")"); inner && reader_.at_end()) return Tests{std::move(*inner), true};
    // `not(a) and b` is an expression.
    error_.reset();
    reader_.go_to(begin);
  }
  reader_.go_to(begin);
  auto all = tests("");
  if (!all) return std::nullopt;
  return Tests{std::move(*all), false};
}

std::optional<Type> Parser::whole_type() {
  auto found = type();
  if (!found || reader_.at_end()) return found;
  unexpected("");
  return std::nullopt;
}

// Tests separated by commas, up to a closing sign or the end.
std::optional<std::vector<Test>> Parser::tests(std::string_view until) {
  std::vector<Test> all;
  do {
    auto one = test();
    if (!one) return std::nullopt;
    all.push_back(std::move(*one));
  } while (reader_.take(","));
  if (!until.empty() && !expect(until)) return std::nullopt;
  if (until.empty() && !reader_.at_end()) {
    unexpected("");
    return std::nullopt;
  }
  return all;
}

std::optional<Test> Parser::test() {
  const bool before = std::exchange(uses_input_, false);
  const std::size_t begin = reader_.position();
  NodePtr node = endpoint(begin);
  if (node == nullptr && !error_) node = expression();
  Test found{node, uses_input_};
  uses_input_ = before;
  if (node == nullptr) return std::nullopt;
  return found;
}

// `< 5` and the like; null without an error when there is none.
NodePtr Parser::endpoint(std::size_t begin) {
  static constexpr std::pair<std::string_view, Comparison> kSigns[] = {
      {"<=", Comparison::less_or_equal}, {">=", Comparison::greater_or_equal},
      {"!=", Comparison::not_equal},     {"<", Comparison::less},
      {">", Comparison::greater},        {"=", Comparison::equal}};
  for (const auto& [sign, comparison] : kSigns) {
    if (!reader_.take(sign)) continue;
    NodePtr operand = sum();
    if (operand == nullptr) return nullptr;
    return make(syntax::Endpoint{comparison, std::move(operand)}, begin);
  }
  return nullptr;
}

Result<NodePtr> parse_expression(std::string_view text, const Known& known,
                                 const Library& library) {
  if (auto error = refuse_text(text)) return std::move(*error);
  Parser parser(text, known, library);
  NodePtr node = parser.whole_expression();
  if (node == nullptr) return parser.error();
  return node;
}

Result<Tests> parse_tests(std::string_view text, const Known& known, const Library& library) {
  if (auto error = refuse_text(text)) return std::move(*error);
  Parser parser(text, known, library);
  auto tests = parser.whole_tests();
  if (!tests) return parser.error();
  return std::move(*tests);
}

Result<Type> parse_type(std::string_view text, const TypeTable& types) {
  if (auto error = refuse_text(text)) return std::move(*error);
  Known known;
  known.types = types;
  // A type calls no function; the library itself is made with this.
  const Library none;
  Parser parser(text, known, none);
  auto type = parser.whole_type();
  if (!type) return parser.error();
  return std::move(*type);
}

}  // namespace jishi::feel
