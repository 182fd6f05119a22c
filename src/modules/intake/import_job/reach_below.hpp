#pragma once
#include "modules/registry/registry.hpp"

namespace jishi::intake {

/// Of what the account may name, that which stands at or below the organisation that was given the
/// import: whoever may read or undo the import there reads and undoes no more than is theirs.
class ReachBelow final : public db::Reach {
 public:
  ReachBelow(const db::Reach& whole, Id top) : whole_(whole), top_(top) {}
  bool organisation(db::Reader& reader, Id organisation) const override {
    return registry::is_under(reader, registry::kPartyStructure, top_, organisation) &&
           whole_.organisation(reader, organisation);
  }
  bool person(db::Reader& reader, Id person) const override {
    const auto home = registry::organisation_of(reader, person);
    return home && registry::is_under(reader, registry::kPartyStructure, top_, *home) &&
           whole_.person(reader, person);
  }

 private:
  const db::Reach& whole_;
  const Id top_;
};

}  // namespace jishi::intake
