// Which processes of a file are executed: the one that cases begin, and those that it calls.
#include <set>

#include "modules/workflow/definition/definition_reader.hpp"
#include "modules/workflow/definition/truth.hpp"

namespace jishi::workflow {

namespace {

using Names = std::set<std::string, std::less<>>;

void collect_calls(const xml::Node& node, Names& called) {
  if (node.is(kBpmnSpace, "callActivity")) {
    const std::string name = node.attribute_or("calledElement", "");
    called.insert(name.substr(name.rfind(':') + 1));
  }
  for (const xml::Node& below : node.children) collect_calls(below, called);
}

std::string id_of(const xml::Node& node) {
  return node.attribute_or("id", "");
}

}  // namespace

// A single process is executed whatever it says of itself: drawing tools write isExecutable="false"
// by themselves. Of several, others are partners of a collaboration: kept, not looked at.
std::vector<const xml::Node*> DefinitionReader::executed_processes() {
  const auto all = root_.all("process");
  // One that is read again goes on as it was deployed: by the first, all of them read.
  if (all.size() < 2 || again_) return all;
  const xml::Node* first = beginning(all);
  if (first == nullptr) return {};
  std::vector<const xml::Node*> executed{first};
  Names seen{id_of(*first)};
  for (std::size_t i = 0; i < executed.size(); ++i) {
    Names called;
    collect_calls(*executed[i], called);
    for (const xml::Node* one : all) {
      if (!called.contains(id_of(*one)) || !truth(*one, "isExecutable", true)) continue;
      if (seen.insert(id_of(*one)).second) executed.push_back(one);
    }
  }
  return executed;
}

// Of several processes those count that say isExecutable="true" and that none of these calls; where
// none says so, the first that does not say false. Null: refused.
const xml::Node* DefinitionReader::beginning(const std::vector<const xml::Node*>& all) {
  std::vector<const xml::Node*> asked;
  const xml::Node* silent = nullptr;
  for (const xml::Node* one : all) {
    if (truth(*one, "isExecutable", false)) asked.push_back(one);
    if (silent == nullptr && truth(*one, "isExecutable", true)) silent = one;
  }
  if (asked.empty()) {
    if (silent == nullptr) {
      for (const xml::Node* one : all) refuse(*one, "process.none_executable");
    }
    return silent;
  }
  Names called;
  for (const xml::Node* one : asked) collect_calls(*one, called);
  std::vector<const xml::Node*> left;
  for (const xml::Node* one : asked) {
    if (!called.contains(id_of(*one))) left.push_back(one);
  }
  if (left.empty()) return asked.front();  // they call each other, which is refused for itself
  if (left.size() == 1) return left.front();
  for (const xml::Node* one : left) refuse(*one, "process.several_executable");
  return nullptr;
}

}  // namespace jishi::workflow
