// Decision tables.
#include <algorithm>

#include "base/feel/names.hpp"
#include "modules/workflow/decision/model_reader.hpp"

namespace jishi::workflow::decision {

namespace {

std::optional<HitPolicy> policy_of(std::string_view word) {
  constexpr std::pair<std::string_view, HitPolicy> kWords[] = {
      {"UNIQUE", HitPolicy::unique},
      {"FIRST", HitPolicy::first},
      {"PRIORITY", HitPolicy::priority},
      {"ANY", HitPolicy::any},
      {"COLLECT", HitPolicy::collect},
      {"RULE ORDER", HitPolicy::rule_order},
      {"OUTPUT ORDER", HitPolicy::output_order}};
  for (const auto& [known, policy] : kWords) {
    if (known == word) return policy;
  }
  return std::nullopt;
}

std::optional<Aggregation> aggregation_of(std::string_view word) {
  constexpr std::pair<std::string_view, Aggregation> kWords[] = {{"", Aggregation::none},
                                                                 {"SUM", Aggregation::sum},
                                                                 {"COUNT", Aggregation::count},
                                                                 {"MIN", Aggregation::min},
                                                                 {"MAX", Aggregation::max}};
  for (const auto& [known, aggregation] : kWords) {
    if (known == word) return aggregation;
  }
  return std::nullopt;
}

bool goes_by_order(HitPolicy policy) {
  return policy == HitPolicy::priority || policy == HitPolicy::output_order;
}

bool has_order(const OutputClause& output) {
  return !output.order.empty() || (output.type && !output.type->allowed_order.empty());
}

std::string text_in(const xml::Node& node) {
  const xml::Node* text = node.child("text");
  const std::string content = text == nullptr ? std::string() : text->text();
  return content.find_first_not_of(" \t\r\n") == std::string::npos ? std::string() : content;
}

}  // namespace

InputClause ModelReader::input_clause(const xml::Node& node) {
  InputClause made;
  const xml::Node* expression = node.child("inputExpression");
  made.label = expression == nullptr ? std::string() : text_in(*expression);
  if (made.label.empty()) {
    refuse(node, "workflow.part_missing", {{"name", "inputExpression"}});
    return made;
  }
  speaks_feel(*expression);
  made.expression = parse(node, made.label);
  made.type = type_of(*expression);
  made.allowed = cell_in(node, "inputValues");
  return made;
}

OutputClause ModelReader::output_clause(const xml::Node& node) {
  OutputClause made;
  made.name = feel::normal_name(node.attribute_or("name", node.attribute_or("label", "")));
  made.type = type_of(node);
  made.allowed = cell_in(node, "outputValues");
  if (made.allowed) {
    for (const feel::Test& test : made.allowed->tests) made.order.push_back(test.node);
  }
  if (const xml::Node* otherwise = node.child("defaultOutputEntry")) {
    const std::string text = text_in(*otherwise);
    if (!text.empty()) made.otherwise = parse(node, text);
  }
  return made;
}

Rule ModelReader::rule(const xml::Node& node, const DecisionTable& table) {
  Rule made;
  for (const xml::Node* entry : node.all("inputEntry")) {
    const std::string text = text_in(*entry);
    auto tests = text.empty() ? std::optional(feel::Tests{}) : parse_cell(*entry, text);
    made.tests.push_back(tests ? std::move(*tests) : feel::Tests{});
  }
  for (const xml::Node* entry : node.all("outputEntry")) {
    const std::string text = text_in(*entry);
    made.outputs.push_back(text.empty() ? nullptr : parse(*entry, text));
  }
  if (made.tests.size() != table.inputs.size() || made.outputs.size() != table.outputs.size()) {
    refuse(node, "workflow.row_length",
           {{"count", std::to_string(made.tests.size() + made.outputs.size())},
            {"wanted", std::to_string(table.inputs.size() + table.outputs.size())}});
  }
  return made;
}

DecisionTable ModelReader::table(const xml::Node& node) {
  DecisionTable made;
  const std::string policy = node.attribute_or("hitPolicy", "UNIQUE");
  const auto known_policy = policy_of(policy);
  if (!known_policy) refuse(node, "workflow.hit_policy", {{"name", policy}});
  made.policy = known_policy.value_or(HitPolicy::unique);
  const std::string aggregation = node.attribute_or("aggregation", "");
  const auto known_aggregation = aggregation_of(aggregation);
  if (!known_aggregation) refuse(node, "workflow.hit_policy", {{"name", aggregation}});
  made.aggregation = known_aggregation.value_or(Aggregation::none);
  for (const xml::Node* input : node.all("input")) made.inputs.push_back(input_clause(*input));
  for (const xml::Node* output : node.all("output")) made.outputs.push_back(output_clause(*output));
  if (made.outputs.empty()) refuse(node, "workflow.part_missing", {{"name", "output"}});
  // DMN 1.5, 8.2.10: which output comes first is told by the list of output values alone.
  if (goes_by_order(made.policy) &&
      std::none_of(made.outputs.begin(), made.outputs.end(), has_order))
    refuse(node, "workflow.no_order", {{"policy", policy}});
  if (made.aggregation != Aggregation::none) {
    // DMN 1.5, 10.3.2.10: only Collect aggregates, and only one output.
    if (made.policy != HitPolicy::collect) {
      refuse(node, "workflow.aggregation_policy", {{"name", aggregation}, {"policy", policy}});
    }
    if (made.outputs.size() > 1) {
      refuse(node, "workflow.aggregation_outputs",
             {{"name", aggregation}, {"count", std::to_string(made.outputs.size())}});
    }
  }
  if (made.outputs.size() > 1) {
    for (std::size_t i = 0; i < made.outputs.size(); ++i) {
      if (made.outputs[i].name.empty()) refuse(node, "workflow.no_name");
      if (!made.outputs[i].name.empty()) remember_member(made.outputs[i].name);
    }
  }
  for (const xml::Node* one : node.all("rule")) {
    if (++rules_ > kMostRules) {
      refuse(node, "workflow.too_many", {{"limit", std::to_string(kMostRules)}});
      break;
    }
    made.rules.push_back(rule(*one, made));
  }
  return made;
}

}  // namespace jishi::workflow::decision
