// Service tasks of elections. Each takes and gives what docs/procedures.md says.
#include "base/integer.hpp"
#include "modules/workflow/cases/case.hpp"
#include "modules/workflow/operations/given.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

struct Candidate {
  Value id;
  std::string name;
};

/// The candidates in the order in which they stand on the ballot.
Result<Value> order_names(Transaction& tx, const OperationCall& call) {
  const Given given(call);
  const Value* named = given.find("candidates");
  if (named == nullptr || named->items() == nullptr)
    return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "candidates"}});
  std::vector<Candidate> candidates;
  for (const Value& one : *named->items()) {
    const auto text = feel::text_of(one);
    const auto id = text ? parse_integer(*text) : std::nullopt;
    const auto name =
        id ? registry::member_field(tx, tx.store().keys(), registry::person_now(tx, *id), "name")
           : std::nullopt;
    if (!name || name->empty()) return fail(ErrorKind::refused, "election.candidates_missing");
    candidates.push_back({one, *name});
  }
  const auto& strokes = call.office.deployments.strokes();
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const Candidate& left, const Candidate& right) {
                     return strokes.before(left.name, right.name);
                   });
  std::vector<Value> ordered;
  std::vector<Value> unknown;
  for (const Candidate& candidate : candidates) {
    ordered.push_back(candidate.id);
    if (!strokes.knows(candidate.name)) unknown.push_back(candidate.id);
  }
  return Value::context({{"ballot_names", Value::list(std::move(ordered))},
                         {"ballot_unordered", Value::list(std::move(unknown))}});
}

}  // namespace

void add_election_operations(Operations& operations) {
  operations.add("election.order_names", order_names);
}

}  // namespace jishi::workflow
