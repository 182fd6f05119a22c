#pragma once
// How likely two records are of one person: what agrees and what does not, each weighed by how
// often strangers agree in it (Fellegi and Sunter). Two called 王伟 say less than two called
// 亓官昭.

#include <unordered_map>

#include "modules/registry/duplicates/traits.hpp"

namespace jishi::registry {

/// What two persons share, prepared once for all: names and days as the numbers by which they are
/// counted.
struct Compared {
  std::uint32_t name = 0;
  std::uint32_t spoken = 0;  // the name as it sounds
};

/// Weighs pairs of the persons it was made of. Weights are in bits: one more makes it twice as
/// likely that the two are one.
class Likeness {
 public:
  explicit Likeness(std::span<const Traits> persons);

  const Compared& compared(std::size_t person) const { return compared_[person]; }

  /// What speaks for the two being one, without their citizen ids.
  double weight(std::size_t left, std::size_t right) const;
  /// What their citizen ids add: nothing unless both are on record. Those that differ by a slip
  /// (one digit, or two neighbours swapped) speak for it.
  static double weight_of_ids(const Traits& left, const Traits& right, bool slip);

  /// How likely a pair of this weight is one person, 0..1.
  double likelihood(double weight) const;

 private:
  double weight_of_names(std::size_t left, std::size_t right) const;
  double weight_of_births(const Traits& left, const Traits& right) const;
  double weight_of_joining(const Traits& left, const Traits& right) const;
  double rarity(double count, double usual, double counted) const;

  std::span<const Traits> persons_;
  std::vector<Compared> compared_;
  std::vector<std::uint32_t> names_;  // how many have it
  std::vector<std::uint32_t> spoken_;
  std::unordered_map<std::int32_t, std::uint32_t> births_;
  std::unordered_map<std::int32_t, std::uint32_t> joinings_;
  double prior_ = 0;  // bits against any two being one
};

/// The name as it sounds, without what people put between its characters.
std::uint64_t sound_of(std::u16string_view name);

/// How two days stand to each other where a person mistyped one of them.
bool slip_of_day(std::int32_t left, std::int32_t right);

}  // namespace jishi::registry
