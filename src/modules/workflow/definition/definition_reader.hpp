#pragma once
// Reads a process definition; the inside of read_definition.

#include <map>
#include <string>

#include "base/feel/parse.hpp"
#include "modules/workflow/definition/definition.hpp"

namespace jishi::workflow {

class DefinitionReader {
 public:
  /// `again`: a version that was deployed before; what is refused only since then is warned of.
  DefinitionReader(const xml::Document& document, const Surroundings& around, Findings& findings,
                   bool again);
  std::shared_ptr<Definition> read();

 private:
  // definition_reader.cpp
  void read_ids(const xml::Node& node);
  void read_roots();
  void read_scope(const xml::Node& node, Index owner, int depth);
  void read_node(const xml::Node& node, Index scope, int depth);
  void read_flow(const xml::Node& node, Index scope);
  void join_flows();
  void join_flow(Index flow, const xml::Node& node);
  void join_boundaries();
  void join_calls();
  void read_start_rules(const xml::Node& node, StartRules& rules);
  void read_lanes(const xml::Node& node);

  // executed_processes.cpp
  std::vector<const xml::Node*> executed_processes();
  const xml::Node* beginning(const std::vector<const xml::Node*>& all);

  // read_attributes.cpp
  void check_attributes(const xml::Node& node, const xml::Node& owner);
  void check_names(const xml::Node& node, const xml::Node& owner);
  void check_place(const xml::Node& node, const xml::Node& owner, const xml::Attribute& attribute);
  void check_truths(const xml::Node& node, const xml::Node& owner);
  void check_meaning(const xml::Node& node, const xml::Node& owner);
  void check_language(const xml::Node& node, const xml::Node& owner);
  void check_id(const xml::Node& node, const std::string& id);

  // read_nodes.cpp
  std::optional<NodeKind> kind_of(const xml::Node& node);
  std::optional<NodeKind> event_kind(const xml::Node& node, const xml::Node* definition);
  const xml::Node* event_definition(const xml::Node& node);
  void read_event(const xml::Node& node, Node& made);
  void read_task(const xml::Node& node, Node& made);
  void read_message(const xml::Node& node, const xml::Node& from, Node& made);
  void read_signing(const xml::Node& node, Node& made);
  void read_loop(const xml::Node& node, Node& made);
  std::optional<Timing> timing_of(const xml::Node& owner, const xml::Node& definition);
  std::optional<Timing> timing_from(const xml::Node& owner, Timing::Kind kind, std::string text);
  void check_tellings(const xml::Node& node, const TaskSettings& task);
  void check_count(const xml::Node& node, const feel::Node& expression);
  std::int64_t span_of(const xml::Node& node, const std::string& text);
  bool is_bounded(const xml::Node& owner, const Timing& timing);
  bool fits_when_known(const xml::Node& owner, const Timing& timing);
  feel::NodePtr expression(const xml::Node& owner, std::string text);
  std::string reference(const xml::Node& owner, const xml::Node& from, const char* attribute,
                        const char* wanted);
  std::string collection_name(const std::string& reference) const;

  void refuse(const xml::Node& node, std::string_view code, Arguments arguments = {});
  void refuse(const xml::Node& node, Error error);
  /// What earlier versions of the program deployed: of a version that is read again, a warning.
  void refuse_newly(const xml::Node& node, std::string_view code, Arguments arguments = {});
  void warn(const xml::Node& node, std::string_view code, Arguments arguments = {});
  void add(Finding finding);
  std::string label(const xml::Node& node) const;
  static const std::string* own(const xml::Node& node, std::string_view name);

  const xml::Node& root_;
  const Surroundings& around_;
  Findings& findings_;
  const bool again_;
  bool told_language_ = false;  // that of all the file is told once
  std::shared_ptr<Definition> made_ = std::make_shared<Definition>();
  std::map<std::string, const xml::Node*, std::less<>> by_id_;  // of every element of BPMN
  std::map<std::string, Index, std::less<>> node_of_;
  std::vector<const xml::Node*> flow_nodes_;  // the elements of the flows
  std::vector<const xml::Node*> elements_;    // of the nodes
  feel::Known known_;
};

}  // namespace jishi::workflow
