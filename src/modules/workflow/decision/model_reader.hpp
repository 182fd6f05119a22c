#pragma once
// Reads a decision model; the inside of read_model.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "modules/workflow/decision/model.hpp"
#include "platform/xml/xml.hpp"

namespace jishi::workflow::decision {

class ModelReader {
 public:
  ModelReader(const xml::Node& root, const feel::Value& members, Findings& findings,
              const feel::Library& library);
  /// `parts`: a model also where the logic of some of its elements is refused.
  std::shared_ptr<const Model> read(bool parts);

 private:
  // model_reader.cpp
  void read_elements();
  void read_element(const xml::Node& node, Element::Kind kind);
  void read_requirements();
  void read_references(std::size_t index, const xml::Node& node);
  std::optional<std::size_t> referred(const xml::Node& node, const xml::Node& owner);
  void refuse_cycles();
  void read_logic();
  ExpressionPtr knowledge(const xml::Node& node, const std::string& id);

  // read_types.cpp
  void read_item_definitions();
  const ItemType* resolved(const std::string& name);
  ItemType item_type(const xml::Node& definition, int depth);
  void read_allowed(const xml::Node& definition, ItemType& type);
  std::optional<ItemType> type_of(const xml::Node& node);
  std::optional<ItemType> type_named(const std::string& reference, const xml::Node& node);
  void remember_member(const std::string& name);

  // read_expression.cpp
  ExpressionPtr expression_in(const xml::Node& parent, int depth);
  ExpressionPtr expression(const xml::Node& node, int depth);
  LiteralExpression literal(const xml::Node& node);
  BoxedContext context(const xml::Node& node, int depth);
  BoxedInvocation invocation(const xml::Node& node, int depth);
  BoxedList list(const xml::Node& node, int depth);
  Relation relation(const xml::Node& node, int depth);
  FunctionDefinition function(const xml::Node& node, int depth);
  Conditional conditional(const xml::Node& node, int depth);
  BoxedFilter filter(const xml::Node& node, int depth);
  BoxedIterator iterator(const xml::Node& node, int depth);
  ExpressionPtr part(const xml::Node& node, const char* name, int depth);
  DecisionTable table(const xml::Node& node);
  InputClause input_clause(const xml::Node& node);
  OutputClause output_clause(const xml::Node& node);
  Rule rule(const xml::Node& node, const DecisionTable& table);
  bool speaks_feel(const xml::Node& node);

  template <class Parse>
  auto parse_telling(const xml::Node& owner, const Parse& parse);
  feel::NodePtr parse(const xml::Node& owner, const std::string& text);
  std::optional<feel::Tests> parse_cell(const xml::Node& owner, const std::string& text);
  std::optional<feel::Tests> cell_in(const xml::Node& node, const char* name);

  void refuse(const xml::Node& node, std::string_view code, Arguments arguments = {});
  void refuse(const xml::Node& node, Error error);
  std::string label(const xml::Node& node) const;
  bool is_model(const xml::Node& node) const { return node.space == root_.space; }

  const xml::Node& root_;
  Findings& findings_;
  const feel::Library& library_;
  std::shared_ptr<Model> model_ = std::make_shared<Model>();
  std::vector<const xml::Node*> nodes_;  // of the elements
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, const xml::Node*> definitions_;
  std::map<std::string, ItemType> types_;
  std::set<std::string> resolving_;
  feel::Known known_;                 // variables: of what is read just now
  std::vector<std::string> members_;  // names that contexts may have
  std::string owner_;                 // the element that is read just now
  std::size_t rules_ = 0;
};

}  // namespace jishi::workflow::decision
