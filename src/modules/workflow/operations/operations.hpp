#pragma once
// What service tasks have the program do: by name, in the transaction of the step that asks.

#include <functional>
#include <map>

#include "base/feel/value.hpp"
#include "ledger/store.hpp"

namespace jishi::workflow {

struct Office;

/// Who acts, by the ids under which tasks may lie before them.
struct Party {
  Id account = kNoId;
  Id person = kNoId;  // whom the account belongs to; kNoId: it stands alone

  /// The id under which a case knows them from now on.
  Id id() const { return person != kNoId ? person : account; }
};

/// What an operation knows of the case that asks.
struct OperationCall {
  Id case_id = kNoId;
  Id organisation = kNoId;
  Id person = kNoId;  // whom the case is about; kNoId: nobody
  const feel::Value& variables;
  std::string_view process;
  Party party;           // whose step it is; nobody: time
  const Office& office;  // by which other cases begin
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
  const Operation* find(std::string_view name) const { return found(operations_, name); }

  /// What is known of a place that forms name as `x-known`: by the names of their fields. It only
  /// reads.
  void add_known(std::string place, Operation known) {
    known_[std::move(place)] = std::move(known);
  }
  const Operation* find_known(std::string_view place) const { return found(known_, place); }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [name, operation] : operations_) names.push_back(name);
    return names;
  }

 private:
  using ByName = std::map<std::string, Operation, std::less<>>;

  static const Operation* found(const ByName& among, std::string_view name) {
    const auto place = among.find(name);
    return place == among.end() ? nullptr : &place->second;
  }

  ByName operations_;
  ByName known_;
};

}  // namespace jishi::workflow
