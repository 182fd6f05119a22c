#pragma once
// What is compared of persons when duplicates are looked for, gathered so that the search holds up
// nobody.

#include "modules/registry/roll/roll.hpp"

namespace jishi::registry {

/// What is compared of a person.
struct Traits {
  /// A code that nothing is known of.
  static constexpr std::int16_t kUnknown = -1;
  enum class Precision : std::uint8_t { none, year, month, day };

  Id person = kNoId;
  std::u16string_view name;
  std::int32_t birth = RollRow::kNoDay;
  Precision birth_known = Precision::none;
  std::int32_t joined = RollRow::kNoDay;
  std::int16_t sex = kUnknown;
  std::int16_t education = kUnknown;
  std::uint32_t organisation = 0;
  std::uint64_t citizen = 0;  // of the citizen id's index; 0: none is on record
  std::uint64_t phone = 0;
};

/// Traits of many, with the names that they point to.
class Gathered {
 public:
  Gathered() = default;
  Gathered(const Gathered&) = delete;
  Gathered& operator=(const Gathered&) = delete;

  /// Reads whom the roll knows within the scope, in the order of their ids.
  void gather(db::Reader& reader, Roll& roll, const Scope& scope);

  const std::vector<Traits>& persons() const { return persons_; }

 private:
  void take(const Roll& roll, const Scope& scope);
  void read_keys(db::Reader& reader);

  std::u16string letters_;
  std::vector<Traits> persons_;
};

}  // namespace jishi::registry
