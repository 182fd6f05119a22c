#pragma once
// The part of the party's structure that lies below the places of who asks.

#include "api/call.hpp"
#include "modules/registry/roll/scope.hpp"

namespace jishi::registry {

/// The caller's places, and the scope over them; the scope lives as long as this.
class CallerScope {
 public:
  explicit CallerScope(const api::Call& call)
      : places_(call.gate.places(call.caller, call.permission)) {}
  Scope get() const { return {places_, kPartyStructure}; }

 private:
  std::vector<Id> places_;
};

}  // namespace jishi::registry
