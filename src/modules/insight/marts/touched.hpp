#pragma once
// What a stretch of the ledger touched, as far as rules are concerned.

#include <set>

#include "base/id.hpp"
#include "platform/db/typed.hpp"

namespace jishi::insight {

/// Marts as bits.
using MartSet = unsigned;
enum MartNumber : unsigned { kOrganisation, kMember, kPost, kActivity, kPayment, kTask };
constexpr MartSet mart_bit(MartNumber mart) {
  return 1U << static_cast<unsigned>(mart);
}
inline constexpr MartSet kAllMarts = 63;

struct TouchedRecords {
  std::set<Id> organisations;  // whose lights may have changed
  std::set<Id> organisation_rows;
  std::set<Id> persons;
  std::set<Id> posts;
  std::set<Id> activities;
  std::set<Id> payers;  // whose payments are read anew
  std::set<Id> paid;    // who besides have new payments, and nothing else
  std::set<Id> tasks;
  std::int64_t after = 0;   // the stretch: beyond this fact,
  std::int64_t until = 0;   // up to this one
  bool structure = false;   // the tree
  bool parameters = false;  // of rules
  bool too_many = false;    // more organisations than is worth telling apart

  /// The marts whose rows changed; parameters change what all rules say.
  MartSet marts() const;
};

/// What the facts after `position` up to `until` touched.
TouchedRecords touched_between(db::Reader& reader, std::int64_t position, std::int64_t until);

/// How many of those facts matter to the marts.
std::int64_t facts_between(db::Reader& reader, std::int64_t position, std::int64_t until);

}  // namespace jishi::insight
