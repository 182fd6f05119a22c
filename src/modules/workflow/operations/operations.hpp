#pragma once
// What service tasks have the program do: by name, in the transaction of the step that asks.

#include <functional>
#include <map>

#include "base/feel/value.hpp"
#include "ledger/store.hpp"

namespace jishi::workflow {

/// What an operation knows of the case that asks.
struct OperationCall {
  Id case_id = kNoId;
  Id organisation = kNoId;
  Id person = kNoId;  // whom the case is about; kNoId: nobody
  const feel::Value& variables;
};

/// Does the work in the transaction of the step: with it kept or undone. What it returns becomes
/// variables of the case (a context, or null). An error is caught by a boundary event of its code
/// where the process has one, and the step is kept: an operation that refuses must not have written
/// anything. Otherwise the step is refused with it.
using Operation = std::function<Result<feel::Value>(Transaction& tx, const OperationCall& call)>;

/// The operations there are. Filled before anything is served.
class Operations {
 public:
  void add(std::string name, Operation operation) {
    operations_[std::move(name)] = std::move(operation);
  }
  const Operation* find(std::string_view name) const {
    const auto found = operations_.find(name);
    return found == operations_.end() ? nullptr : &found->second;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [name, operation] : operations_) names.push_back(name);
    return names;
  }

 private:
  std::map<std::string, Operation, std::less<>> operations_;
};

}  // namespace jishi::workflow
