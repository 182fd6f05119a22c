#pragma once
// Small processes and cases for tests.

#include <gtest/gtest.h>

#include "base/feel/json.hpp"
#include "modules/workflow/engine/engine.hpp"

namespace jishi::workflow {

/// A file with one process `p` of this content.
inline std::string process_xml(const std::string& content, const std::string& roots = "") {
  return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" )"
         R"(xmlns:jishi="urn:jishi:process" targetNamespace="urn:t">)" +
         roots + "<process id=\"p\">" + content + "</process></definitions>";
}

inline std::string element(const std::string& kind, const std::string& id,
                           const std::string& inside = "", const std::string& attributes = "") {
  return "<" + kind + " id=\"" + id + "\" " + attributes + ">" + inside + "</" + kind + ">";
}

inline std::string flow(const std::string& from, const std::string& to,
                        const std::string& condition = "") {
  return "<sequenceFlow id=\"" + from + "_" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" +
         to + "\">" +
         (condition.empty()
              ? ""
              : "<conditionExpression><![CDATA[" + condition + "]]></conditionExpression>") +
         "</sequenceFlow>";
}

inline std::string chain(const std::vector<std::string>& ids) {
  std::string text;
  for (std::size_t i = 0; i + 1 < ids.size(); ++i) text += flow(ids[i], ids[i + 1]);
  return text;
}

inline const std::string kStartAndEnd = element("startEvent", "s") + element("endEvent", "e");

inline std::shared_ptr<const Definition> define(const std::string& xml) {
  const auto document = xml::read(xml);
  EXPECT_TRUE(document);
  Findings findings;
  auto definition = read_definition(*document, {}, findings);
  for (const Finding& finding : findings) {
    if (!finding.warning) ADD_FAILURE() << finding.element << " " << finding.error.code;
  }
  return definition;
}

inline constexpr Moment kDay = 24 * 3'600'000;

/// A case that is played, event by event.
class Case {
 public:
  explicit Case(const std::string& content, const std::string& roots = "")
      : definition_(define(process_xml(content, roots))) {}
  explicit Case(std::shared_ptr<const Definition> definition)
      : definition_(std::move(definition)) {}

  /// Applies an event; returns "done" or the code of the refusal without its module.
  std::string play(Event event) {
    event.now = now;
    Outcome outcome =
        apply(*definition_, definition_->processes.front(), state, event, environment);
    state = std::move(outcome.state);
    effects = std::move(outcome.effects);
    refused = outcome.refused;
    if (!outcome.refused) return "done";
    const auto& code = outcome.refused->code;
    return code.substr(code.find('.') + 1);
  }
  std::string start(const std::string& variables = "{}") {
    Event event;
    event.actor = "li";
    event.variables = feel::value_from_json(variables).value();
    return play(event);
  }
  /// Does something with the (first) open task of a node.
  std::string act(Verb verb, const std::string& node, const std::string& actor,
                  const std::string& person = "", const std::string& to = "",
                  const std::string& variables = "") {
    Event event;
    event.verb = verb;
    event.actor = actor;
    event.person = person;
    event.to = to;
    event.task = task(node);
    event.element = node;
    event.before = to != "after";
    if (!variables.empty()) event.variables = feel::value_from_json(variables).value();
    return play(event);
  }
  std::string approve(const std::string& node, const std::string& actor = "wang",
                      const std::string& variables = "") {
    return act(Verb::approve, node, actor, "", "", variables);
  }
  std::string say(Verb verb, const std::string& name = "", const std::string& variables = "") {
    Event event;
    event.verb = verb;
    event.name = name;
    event.actor = "li";
    if (!variables.empty()) event.variables = feel::value_from_json(variables).value();
    return play(event);
  }
  std::string advance(Moment by) {
    now += by;
    return say(Verb::tick);
  }

  Number task(const std::string& node) const {
    for (const Task& one : state.tasks) {
      if (definition_->nodes[one.node].id == node) return one.id;
    }
    return 0;
  }
  /// The nodes of the open tasks, in the order of their ids.
  std::string open() const {
    std::vector<std::string> ids;
    for (const Task& one : state.tasks) ids.push_back(definition_->nodes[one.node].id);
    std::sort(ids.begin(), ids.end());
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : " ") + id;
    return text;
  }
  std::string variable(const std::string& name) const {
    const feel::Value* value = variables_of(state).entry(name);
    return value == nullptr ? "none" : feel::json_of(*value);
  }
  std::string status() const { return std::string(word_of(state.status)); }
  int count(Effect::Kind kind) const {
    return static_cast<int>(std::count_if(effects.begin(), effects.end(),
                                          [kind](const Effect& e) { return e.kind == kind; }));
  }
  const Definition& definition() const { return *definition_; }

  State state;
  std::vector<Effect> effects;
  std::optional<Error> refused;  // by the last event
  Environment environment;
  Moment now = Moment{20'454} * kDay;  // 2026-01-01

 private:
  std::shared_ptr<const Definition> definition_;
};

/// Steps of one person each, one after the other: draft, check, sign.
inline Case three_steps() {
  Case one(kStartAndEnd + element("userTask", "draft") + element("userTask", "check") +
           element("userTask", "sign") + chain({"s", "draft", "check", "sign", "e"}));
  one.start();
  return one;
}

/// One step that several sign.
inline Case signed_by(const std::string& signing) {
  Case one(kStartAndEnd +
           element("userTask", "t", "", "jishi:sign=\"" + signing + "\" jishi:signers=\"people\"") +
           element("userTask", "z") + chain({"s", "t", "z", "e"}));
  one.start(R"({"people":["a","b","c"]})");
  return one;
}

}  // namespace jishi::workflow
