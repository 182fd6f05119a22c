// Service tasks of projects in a region. Each takes and gives what docs/procedures.md says.
#include "base/integer.hpp"
#include "modules/liaison/liaison.hpp"
#include "modules/workflow/operations/given.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

Result<Value> open_project(Transaction& tx, const OperationCall& call) {
  Given given(call);
  liaison::OpenGroup group;
  group.region = given.id("region");
  group.case_id = call.case_id;
  group.title = given.text("title");
  group.until = given.date("until");
  if (given.refused()) return *given.refused();
  const Value* partners = given.find("partners");
  if (partners == nullptr || partners->items() == nullptr)
    return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "partners"}});
  for (const Value& partner : *partners->items()) {
    const auto text = feel::text_of(partner);
    const auto id = text ? parse_integer(*text) : std::nullopt;
    group.partners.push_back(id.value_or(kNoId));
  }
  const auto opened = liaison::open_group(tx, group);
  if (!opened) return opened.error();
  return Value::context({{"group", Value(std::to_string(*opened))}});
}

Result<Value> close_project(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id group = given.id("group");
  if (given.refused()) return *given.refused();
  if (const auto done = liaison::close_group(tx, group); !done) return done.error();
  return Value();
}

}  // namespace

void add_liaison_operations(Operations& operations) {
  operations.add("liaison.open_project", open_project);
  operations.add("liaison.close_project", close_project);
}

}  // namespace jishi::workflow
