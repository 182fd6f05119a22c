// Syntax trees as text, in one canonical form: every operation in brackets.
#include "base/feel/names.hpp"
#include "base/feel/syntax.hpp"

namespace jishi::feel {

namespace {

std::string_view sign_of(ArithmeticOperator operation) {
  constexpr std::string_view kSigns[] = {"+", "-", "*", "/", "**"};
  return kSigns[static_cast<std::size_t>(operation)];
}

std::string_view sign_of(Comparison comparison) {
  constexpr std::string_view kSigns[] = {"=", "!=", "<", "<=", ">", ">="};
  return kSigns[static_cast<std::size_t>(comparison)];
}

template <class Items, class Text>
std::string joined(const Items& items, const Text& text) {
  std::string all;
  for (const auto& item : items) all += (all.empty() ? "" : ", ") + text(item);
  return all;
}

std::string written(const NodePtr& node) {
  return text_of(*node);
}

std::string quoted_unless_plain(const std::string& name) {
  return is_plain_name(name) ? name : literal_of(Value(name));
}

struct Printer {
  std::string operator()(const syntax::Literal& form) const { return literal_of(form.value); }
  std::string operator()(const syntax::Failure&) const { return "@\"\""; }
  std::string operator()(const syntax::Name& form) const { return form.name; }
  std::string operator()(const syntax::Input&) const { return "?"; }
  std::string operator()(const syntax::Negation& form) const {
    return "(-" + written(form.operand) + ")";
  }
  std::string operator()(const syntax::Arithmetic& form) const {
    return fmt::format("({} {} {})", written(form.left), sign_of(form.operation),
                       written(form.right));
  }
  std::string operator()(const syntax::Compare& form) const {
    return fmt::format("({} {} {})", written(form.left), sign_of(form.comparison),
                       written(form.right));
  }
  std::string operator()(const syntax::Junction& form) const {
    return fmt::format("({} {} {})", written(form.left), form.disjunction ? "or" : "and",
                       written(form.right));
  }
  std::string operator()(const syntax::Between& form) const {
    return fmt::format("({} between {} and {})", written(form.value), written(form.low),
                       written(form.high));
  }
  std::string operator()(const syntax::In& form) const {
    return fmt::format("({} in ({}))", written(form.value),
                       joined(form.tests, [](const Test& test) { return written(test.node); }));
  }
  std::string operator()(const syntax::Endpoint& form) const {
    return fmt::format("({} {})", sign_of(form.comparison), written(form.operand));
  }
  std::string operator()(const syntax::If& form) const {
    return fmt::format("(if {} then {} else {})", written(form.condition), written(form.yes),
                       written(form.no));
  }
  std::string operator()(const syntax::For& form) const {
    return fmt::format("(for {} return {})", joined(form.iterators, iterator), written(form.body));
  }
  std::string operator()(const syntax::Quantified& form) const {
    return fmt::format("({} {} satisfies {})", form.every ? "every" : "some",
                       joined(form.iterators, iterator), written(form.condition));
  }
  std::string operator()(const syntax::Filter& form) const {
    return fmt::format("({})[{}]", written(form.list), written(form.condition));
  }
  std::string operator()(const syntax::Path& form) const {
    return fmt::format("({}).{}", written(form.source), form.name);
  }
  std::string operator()(const syntax::InstanceOf& form) const {
    return fmt::format("(({}) instance of {})", written(form.value), text_of(form.type));
  }
  std::string operator()(const syntax::Range& form) const {
    return fmt::format("{}{}..{}{}", form.start_included ? "[" : "(", written(form.start),
                       written(form.end), form.end_included ? "]" : ")");
  }
  std::string operator()(const syntax::List& form) const {
    return "[" + joined(form.items, written) + "]";
  }
  std::string operator()(const syntax::Context& form) const {
    return "{" +
           joined(form.entries,
                  [](const syntax::Entry& entry) {
                    return quoted_unless_plain(entry.name) + ": " + written(entry.value);
                  }) +
           "}";
  }
  std::string operator()(const syntax::Lambda& form) const {
    return fmt::format("(function({}) {})",
                       joined(form.parameters,
                              [](const Parameter& parameter) {
                                return parameter.name + ": " + text_of(parameter.type);
                              }),
                       written(form.body));
  }
  std::string operator()(const syntax::Call& form) const {
    std::string arguments;
    for (std::size_t i = 0; i < form.arguments.size(); ++i) {
      if (i > 0) arguments += ", ";
      if (!form.names.empty()) arguments += form.names[i] + ": ";
      arguments += written(form.arguments[i]);
    }
    return written(form.callee) + "(" + arguments + ")";
  }

  static std::string iterator(const syntax::Iterator& form) {
    std::string text = form.name + " in " + written(form.domain);
    if (form.end != nullptr) text += ".." + written(form.end);
    return text;
  }
};

}  // namespace

std::string text_of(const Node& node) {
  return std::visit(Printer{}, node.form);
}

}  // namespace jishi::feel
