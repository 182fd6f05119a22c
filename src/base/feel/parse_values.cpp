// Literals, names and everything in brackets.
#include "base/feel/function.hpp"
#include "base/feel/parser.hpp"

namespace jishi::feel {

NodePtr Parser::primary() {
  const std::size_t begin = reader_.position();
  if (reader_.at_end()) return unexpected("");
  const auto rest = reader_.rest();
  const char sign = rest.front();
  if (sign == '"') return string(begin);
  if (sign == '@') return at_literal(begin);
  if (sign == '(') return parenthesis(begin);
  if (sign == '[' || sign == ']') return list_or_range(begin);
  if (sign == '{') return context(begin);
  if ((sign >= '0' && sign <= '9') || sign == '.') return number(begin);
  return named(begin);
}

NodePtr Parser::number(std::size_t begin) {
  const auto digits = reader_.take_number();
  if (!digits) return unexpected("");
  const auto held = Decimal::parse(*digits);
  if (!held) return make(syntax::Failure{"feel.number_range", {}}, begin);
  return make(syntax::Literal{*held}, begin);
}

NodePtr Parser::string(std::size_t begin) {
  auto content = reader_.take_string();
  if (!content) return fail("feel.open_string");
  return make(syntax::Literal{std::move(*content)}, begin);
}

NodePtr Parser::at_literal(std::size_t begin) {
  reader_.take("@");
  if (!reader_.next_is("\"")) return unexpected("\"");
  const auto content = reader_.take_string();
  if (!content) return fail("feel.open_string");
  if (const auto date = parse_calendar_date(*content)) return make(syntax::Literal{*date}, begin);
  if (const auto at = parse_date_and_time(*content)) return make(syntax::Literal{*at}, begin);
  if (const auto time = parse_time_of_day(*content)) return make(syntax::Literal{*time}, begin);
  if (const auto held = parse_days_and_time(*content)) return make(syntax::Literal{*held}, begin);
  if (const auto held = parse_years_and_months(*content)) {
    return make(syntax::Literal{*held}, begin);
  }
  return make(syntax::Failure{"feel.at_literal", {{"text", *content}}}, begin);
}

NodePtr Parser::keyword_form(std::size_t begin) {
  if (reader_.take_word("null")) return make(syntax::Literal{}, begin);
  if (reader_.take_word("true")) return make(syntax::Literal{true}, begin);
  if (reader_.take_word("false")) return make(syntax::Literal{false}, begin);
  if (reader_.take_word("if")) return condition(begin);
  if (reader_.take_word("for")) return loop(begin);
  if (reader_.take_word("some")) return quantified(false, begin);
  if (reader_.take_word("every")) return quantified(true, begin);
  if (reader_.take_word("function")) return lambda(begin);
  return nullptr;
}

NodePtr Parser::named(std::size_t begin) {
  const auto rest = reader_.rest();
  NameSet::Found best;
  const auto consider = [&](const NameSet& names) {
    const auto found = names.longest(rest);
    if (found.length > best.length) best = found;
  };
  for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) consider(*scope);
  consider(known_.variables);
  if (filters_ > 0) {
    consider(members_);
    consider(known_.members);
  }
  const auto word = reader_.next_word();
  const auto builtin = library_.names().longest(rest);
  // The longest name wins, keywords within it or not; a function's only where it is called or
  // is one word.
  const bool called = [&] {
    const std::size_t position = reader_.position();
    reader_.skip(builtin.length);
    const bool call = reader_.next_is("(");
    reader_.go_to(position);
    return call || builtin.length == word.size();
  }();
  if (builtin.length > best.length && called) {
    const std::string name(builtin.name);
    reader_.skip(builtin.length);
    return make(syntax::Name{name, library_.find(name)}, begin);
  }
  if (best.length <= word.size()) {
    if (reader_.take("?")) {
      uses_input_ = true;
      return make(syntax::Input{}, begin);
    }
    if (NodePtr form = keyword_form(begin); form != nullptr || error_) return form;
  }
  if (best.length > 0) {
    std::string name(best.name);
    reader_.skip(best.length);
    if (name == "partial") ++partials_;
    return make(syntax::Name{std::move(name), nullptr}, begin);
  }
  std::string name = reader_.take_words();
  if (name.empty()) return unexpected("");
  return make(syntax::Name{std::move(name), nullptr}, begin);
}

NodePtr Parser::parenthesis(std::size_t begin) {
  reader_.take("(");
  const int around = std::exchange(endpoint_, 0);
  NodePtr inner = endpoint(reader_.position());
  const bool unary = inner != nullptr;
  if (inner == nullptr && !error_) inner = expression();
  endpoint_ = around;
  if (inner == nullptr) return nullptr;
  if (!unary && reader_.take("..")) return range_from(std::move(inner), false, begin);
  if (!expect(")")) return nullptr;
  return inner;
}

NodePtr Parser::list_or_range(std::size_t begin) {
  const bool open = reader_.take("]");
  if (!open) reader_.take("[");
  const int around = std::exchange(endpoint_, 0);
  syntax::List list;
  if (!open && reader_.take("]")) {
    endpoint_ = around;
    return make(std::move(list), begin);
  }
  do {
    const auto one = test();
    if (!one) return nullptr;
    if (list.items.empty() && reader_.take("..")) {
      endpoint_ = around;
      return range_from(one->node, !open, begin);
    }
    list.items.push_back(one->node);
    uses_input_ = uses_input_ || one->uses_input;
  } while (!open && reader_.take(","));
  endpoint_ = around;
  if (open) return unexpected("..");
  if (!expect("]")) return nullptr;
  return make(std::move(list), begin);
}

NodePtr Parser::range_from(NodePtr start, bool start_included, std::size_t begin) {
  ++endpoint_;
  NodePtr end = sum();
  --endpoint_;
  if (end == nullptr) return nullptr;
  const bool end_included = reader_.take("]");
  if (!end_included && !reader_.take(")") && !reader_.take("[")) return unexpected("]");
  return make(syntax::Range{std::move(start), std::move(end), start_included, end_included}, begin);
}

NodePtr Parser::context(std::size_t begin) {
  reader_.take("{");
  const int around = std::exchange(endpoint_, 0);
  syntax::Context made;
  scopes_.emplace_back();
  bool more = !reader_.take("}");
  while (more) {
    std::string name;
    if (reader_.next_is("\"")) {
      auto content = reader_.take_string();
      if (!content) return fail("feel.open_string");
      name = std::move(*content);
    } else {
      name = reader_.take_declared_name(":");
      if (name.empty()) return unexpected("name");
    }
    if (!expect(":")) return nullptr;
    NodePtr value = expression();
    if (value == nullptr) return nullptr;
    scopes_.back().add(name);
    members_.add(name);
    made.entries.push_back({std::move(name), std::move(value)});
    more = reader_.take(",");
    if (!more && !expect("}")) return nullptr;
  }
  scopes_.pop_back();
  endpoint_ = around;
  return make(std::move(made), begin);
}

std::optional<std::vector<Parameter>> Parser::parameters() {
  std::vector<Parameter> all;
  if (!expect("(")) return std::nullopt;
  if (reader_.take(")")) return all;
  do {
    Parameter parameter{reader_.take_declared_name(":,)"), Type{}};
    if (parameter.name.empty()) {
      unexpected("name");
      return std::nullopt;
    }
    if (reader_.take(":")) {
      auto of = type();
      if (!of) return std::nullopt;
      parameter.type = std::move(*of);
    }
    all.push_back(std::move(parameter));
  } while (reader_.take(","));
  if (!expect(")")) return std::nullopt;
  return all;
}

NodePtr Parser::lambda(std::size_t begin) {
  auto all = parameters();
  if (!all) return nullptr;
  scopes_.emplace_back();
  for (const Parameter& parameter : *all) scopes_.back().add(parameter.name);
  const bool external = reader_.take_word("external");
  NodePtr body = expression();
  scopes_.pop_back();
  if (body == nullptr) return nullptr;
  // Code outside of FEEL (Java, PMML) is never run.
  if (external) return make(syntax::Failure{"feel.external", {}}, begin);
  return make(syntax::Lambda{std::move(*all), std::move(body)}, begin);
}

NodePtr Parser::condition(std::size_t begin) {
  NodePtr if_so = expression();
  if (if_so == nullptr || !expect_word("then")) return nullptr;
  NodePtr yes = expression();
  if (yes == nullptr || !expect_word("else")) return nullptr;
  NodePtr no = expression();
  if (no == nullptr) return nullptr;
  return make(syntax::If{std::move(if_so), std::move(yes), std::move(no)}, begin);
}

std::optional<syntax::Iterator> Parser::iterator() {
  syntax::Iterator made{reader_.take_declared_name("", "in"), nullptr, nullptr};
  if (made.name.empty()) {
    unexpected("name");
    return std::nullopt;
  }
  if (!expect_word("in")) return std::nullopt;
  made.domain = expression();
  if (made.domain == nullptr) return std::nullopt;
  if (reader_.take("..")) {
    made.end = expression();
    if (made.end == nullptr) return std::nullopt;
  }
  scopes_.back().add(made.name);
  return made;
}

std::optional<std::vector<syntax::Iterator>> Parser::iterators(std::string_view until) {
  std::vector<syntax::Iterator> all;
  do {
    auto one = iterator();
    if (!one) return std::nullopt;
    all.push_back(std::move(*one));
  } while (reader_.take(","));
  if (!expect_word(until)) return std::nullopt;
  return all;
}

NodePtr Parser::loop(std::size_t begin) {
  scopes_.emplace_back();
  auto all = iterators("return");
  const int partials = partials_;
  NodePtr body;
  if (all) {
    scopes_.back().add("partial");
    body = expression();
  }
  scopes_.pop_back();
  if (body == nullptr) return nullptr;
  return make(syntax::For{std::move(*all), std::move(body), partials_ > partials}, begin);
}

NodePtr Parser::quantified(bool every, std::size_t begin) {
  scopes_.emplace_back();
  auto all = iterators("satisfies");
  NodePtr satisfied = all ? expression() : nullptr;
  scopes_.pop_back();
  if (satisfied == nullptr) return nullptr;
  return make(syntax::Quantified{every, std::move(*all), std::move(satisfied)}, begin);
}

}  // namespace jishi::feel
