#pragma once
// The part of a structure that lies below the places of who asks.

#include "api/call.hpp"
#include "modules/registry/roll/scope.hpp"

namespace jishi::registry {

/// The caller's places in one structure, and the scope over them; the scope lives as long as this.
class CallerScope {
 public:
  /// In a structure; where none is named, in the one in which the caller sees the organisation of
  /// the call, or has a place at all: the Party's before others. Fails with
  /// registry.unknown_structure.
  static Result<CallerScope> of(const api::Call& call, const std::optional<std::string>& structure);
  /// In each structure in which the caller has a place, the Party's first.
  static std::vector<CallerScope> every(const api::Call& call);

  Scope get() const { return {places_, structure_, own_}; }

 private:
  CallerScope(const api::Call& call, std::string structure);

  std::string structure_;
  std::vector<Id> places_;
  std::vector<Id> own_;
};

/// How far a caller sees from the organisation of a call: in one structure, and whether what stands
/// below it.
struct Reach {
  std::string structure{kPartyStructure};
  bool below = true;
};

/// In a structure; where none is named, as CallerScope::of(). Fails with
/// registry.unknown_structure, and with registry.not_found where the organisation lies outside.
Result<Reach> reach_of(const api::Call& call, const std::optional<std::string>& structure);

/// The query of what is asked about an organisation and what stands below it.
struct InStructure {
  std::optional<std::string> structure;  // the Party's where the caller sees it there
};
BOOST_DESCRIBE_STRUCT(InStructure, (), (structure))

}  // namespace jishi::registry
