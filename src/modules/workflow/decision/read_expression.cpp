// Boxed expressions, but for tables.
#include "base/feel/names.hpp"
#include "modules/workflow/decision/model_reader.hpp"

namespace jishi::workflow::decision {

namespace {

constexpr std::string_view kForms[] = {
    "literalExpression",  "decisionTable", "context", "invocation", "list",  "relation",
    "functionDefinition", "conditional",   "filter",  "for",        "every", "some"};

// What may stand beside the one expression of a decision, an entry, a binding.
constexpr std::string_view kBeside[] = {"description",
                                        "extensionElements",
                                        "question",
                                        "allowedAnswers",
                                        "variable",
                                        "informationRequirement",
                                        "knowledgeRequirement",
                                        "authorityRequirement",
                                        "supportedObjective",
                                        "impactedPerformanceIndicator",
                                        "decisionMaker",
                                        "decisionOwner",
                                        "usingProcess",
                                        "usingTask",
                                        "binding",
                                        "parameter",
                                        "formalParameter"};

bool is_beside(const xml::Node& node) {
  return std::find(std::begin(kBeside), std::end(kBeside), node.local()) != std::end(kBeside);
}

bool is_form(const xml::Node& node) {
  return node.kind == xml::Node::Kind::element &&
         std::find(std::begin(kForms), std::end(kForms), node.local()) != std::end(kForms);
}

}  // namespace

bool ModelReader::speaks_feel(const xml::Node& node) {
  const auto* language = node.attribute("expressionLanguage");
  if (language == nullptr || language->empty()) return true;
  std::string lower;
  for (const char sign : *language) {
    lower += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
  }
  const bool feel = lower == "feel" || lower.find("/feel/") != std::string::npos;
  if (!feel) refuse(node, "workflow.language", {{"language", *language}});
  return feel;
}

// A function that nothing knows is null: models that are deployed rest on it, so it is told only.
template <class Parse>
auto ModelReader::parse_telling(const xml::Node& owner, const Parse& parse) {
  known_.refuses_unknown_functions = true;
  auto parsed = parse();
  known_.refuses_unknown_functions = false;
  if (parsed || parsed.error().code != "feel.unknown_function") return parsed;
  findings_.push_back({label(owner), parsed.error(), true});
  return parse();
}

feel::NodePtr ModelReader::parse(const xml::Node& owner, const std::string& text) {
  auto parsed =
      parse_telling(owner, [&] { return feel::parse_expression(text, known_, library_); });
  if (parsed) return std::move(*parsed);
  refuse(owner, parsed.error());
  return nullptr;
}

std::optional<feel::Tests> ModelReader::parse_cell(const xml::Node& owner,
                                                   const std::string& text) {
  auto parsed = parse_telling(owner, [&] { return feel::parse_tests(text, known_, library_); });
  if (parsed) return std::move(*parsed);
  refuse(owner, parsed.error());
  return std::nullopt;
}

// The tests in `<name><text>…</text></name>`; none where it is not there or empty.
std::optional<feel::Tests> ModelReader::cell_in(const xml::Node& node, const char* name) {
  const xml::Node* cell = node.child(name);
  const xml::Node* text = cell == nullptr ? nullptr : cell->child("text");
  if (text == nullptr) return std::nullopt;
  const std::string content = text->text();
  if (content.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
  return parse_cell(node, content);
}

// The one expression among an element's children; null when there is none.
ExpressionPtr ModelReader::expression_in(const xml::Node& parent, int depth) {
  ExpressionPtr made;
  for (const xml::Node& node : parent.children) {
    if (node.kind != xml::Node::Kind::element || !is_model(node)) continue;
    if (!is_form(node)) {
      if (!is_beside(node)) refuse(parent, "workflow.element_unsupported", {{"name", node.name}});
    } else if (made != nullptr) {
      refuse(parent, "workflow.one_expression", {{"name", node.name}});
    } else {
      made = expression(node, depth);
    }
  }
  return made;
}

ExpressionPtr ModelReader::expression(const xml::Node& node, int depth) {
  if (depth > kMostNesting) {
    refuse(node, "workflow.too_deep", {{"limit", std::to_string(kMostNesting)}});
    return nullptr;
  }
  auto made = std::make_shared<Expression>();
  made->element = label(node);
  made->type = type_of(node);
  const auto local = node.local();
  if (local == "literalExpression") {
    made->form = literal(node);
  } else if (local == "decisionTable") {
    made->form = table(node);
  } else if (local == "context") {
    made->form = context(node, depth);
  } else if (local == "invocation") {
    made->form = invocation(node, depth);
  } else if (local == "list") {
    made->form = list(node, depth);
  } else if (local == "relation") {
    made->form = relation(node, depth);
  } else if (local == "functionDefinition") {
    made->form = function(node, depth);
    made->type.reset();
  } else if (local == "conditional") {
    made->form = conditional(node, depth);
  } else if (local == "filter") {
    made->form = filter(node, depth);
  } else {
    made->form = iterator(node, depth);
  }
  return made;
}

LiteralExpression ModelReader::literal(const xml::Node& node) {
  if (!speaks_feel(node)) return {};
  if (node.child("importedValues") != nullptr) {
    refuse(node, "workflow.element_unsupported", {{"name", "importedValues"}});
  }
  const xml::Node* text = node.child("text");
  const std::string content = text == nullptr ? std::string() : text->text();
  if (content.find_first_not_of(" \t\r\n") == std::string::npos) return {};
  return {parse(node, content)};
}

BoxedContext ModelReader::context(const xml::Node& node, int depth) {
  BoxedContext made;
  const feel::NameSet outer = known_.variables;
  for (const xml::Node* entry : node.all("contextEntry")) {
    ContextEntry read;
    if (const xml::Node* variable = entry->child("variable")) {
      read.name = feel::normal_name(variable->attribute_or("name", ""));
      read.type = type_of(*variable);
    }
    const bool twice =
        !read.name.empty() && std::any_of(made.entries.begin(), made.entries.end(),
                                          [&](const auto& one) { return one.name == read.name; });
    if (twice) refuse(*entry, "workflow.name_twice", {{"name", read.name}});
    // A function may call itself by its entry's name.
    if (entry->child("functionDefinition") != nullptr) known_.variables.add(read.name);
    read.value = expression_in(*entry, depth + 1);
    if (read.type && read.type->type.kind == feel::Type::Kind::function) read.type.reset();
    known_.variables.add(read.name);
    if (!read.name.empty()) remember_member(read.name);
    made.entries.push_back(std::move(read));
  }
  known_.variables = outer;
  return made;
}

BoxedInvocation ModelReader::invocation(const xml::Node& node, int depth) {
  BoxedInvocation made;
  made.called = expression_in(node, depth + 1);
  if (made.called == nullptr)
    refuse(node, "workflow.part_missing", {{"name", "literalExpression"}});
  for (const xml::Node* binding : node.all("binding")) {
    const xml::Node* parameter = binding->child("parameter");
    if (parameter == nullptr) {
      refuse(node, "workflow.part_missing", {{"name", "parameter"}});
      continue;
    }
    made.names.push_back(feel::normal_name(parameter->attribute_or("name", "")));
    made.arguments.push_back(expression_in(*binding, depth + 1));
  }
  return made;
}

BoxedList ModelReader::list(const xml::Node& node, int depth) {
  BoxedList made;
  for (const xml::Node& item : node.children) {
    if (is_model(item) && is_form(item)) made.items.push_back(expression(item, depth + 1));
  }
  return made;
}

Relation ModelReader::relation(const xml::Node& node, int depth) {
  Relation made;
  for (const xml::Node* column : node.all("column")) {
    made.columns.push_back(feel::normal_name(column->attribute_or("name", "")));
    remember_member(made.columns.back());
  }
  for (const xml::Node* row : node.all("row")) {
    std::vector<ExpressionPtr> cells = list(*row, depth).items;
    if (cells.size() != made.columns.size()) {
      refuse(*row, "workflow.row_length",
             {{"count", std::to_string(cells.size())},
              {"wanted", std::to_string(made.columns.size())}});
      continue;
    }
    made.rows.push_back(std::move(cells));
  }
  return made;
}

FunctionDefinition ModelReader::function(const xml::Node& node, int depth) {
  FunctionDefinition made;
  const std::string kind = node.attribute_or("kind", "FEEL");
  if (kind != "FEEL") refuse(node, "workflow.language", {{"language", kind}});
  const feel::NameSet outer = known_.variables;
  for (const xml::Node* parameter : node.all("formalParameter")) {
    made.parameters.push_back(
        {feel::normal_name(parameter->attribute_or("name", "")), type_of(*parameter)});
    known_.variables.add(made.parameters.back().name);
  }
  made.body = expression_in(node, depth + 1);
  known_.variables = outer;
  return made;
}

// The expression within one part (`if`, `in`, `return` …).
ExpressionPtr ModelReader::part(const xml::Node& node, const char* name, int depth) {
  const xml::Node* found = node.child(name);
  ExpressionPtr read = found == nullptr ? nullptr : expression_in(*found, depth + 1);
  if (read == nullptr) refuse(node, "workflow.part_missing", {{"name", name}});
  return read;
}

Conditional ModelReader::conditional(const xml::Node& node, int depth) {
  return {part(node, "if", depth), part(node, "then", depth), part(node, "else", depth)};
}

BoxedFilter ModelReader::filter(const xml::Node& node, int depth) {
  BoxedFilter made;
  made.list = part(node, "in", depth);
  const feel::NameSet outer = known_.variables;
  known_.variables.add("item");
  for (const std::string& member : members_) known_.variables.add(member);
  made.match = part(node, "match", depth);
  known_.variables = outer;
  return made;
}

BoxedIterator ModelReader::iterator(const xml::Node& node, int depth) {
  BoxedIterator made;
  const auto local = node.local();
  made.kind = local == "for"     ? BoxedIterator::Kind::each
              : local == "every" ? BoxedIterator::Kind::every
                                 : BoxedIterator::Kind::some;
  made.variable = feel::normal_name(node.attribute_or("iteratorVariable", ""));
  if (made.variable.empty()) refuse(node, "workflow.part_missing", {{"name", "iteratorVariable"}});
  made.domain = part(node, "in", depth);
  const feel::NameSet outer = known_.variables;
  known_.variables.add(made.variable);
  if (local == "for") known_.variables.add("partial");
  made.body = part(node, local == "for" ? "return" : "satisfies", depth);
  known_.variables = outer;
  return made;
}

}  // namespace jishi::workflow::decision
