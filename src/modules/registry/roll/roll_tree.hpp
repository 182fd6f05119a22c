#pragma once
// The roll in one structure: where its members stand in that tree, and how many stand below each
// organisation of it.

#include "modules/registry/roll/outline.hpp"

namespace jishi::registry {

/// How many members an organisation itself has.
struct HeadCount {
  std::int64_t on_record = 0;
  std::int64_t in_standing = 0;
};

class RollTree {
 public:
  const Outline& outline() const { return outline_; }
  /// The name of the organisation at a place, as searches read it.
  std::u16string_view title(std::uint32_t place) const { return titles_[place]; }
  /// Where an organisation of the roll, by its index there, stands in the outline.
  std::uint32_t place_of(std::uint32_t organisation) const { return places_[organisation]; }
  /// Members in good standing (all members, when `on_record`) of the organisations in a span.
  std::int64_t members_in(Span span, bool on_record = false) const {
    const auto& counts = on_record ? on_record_ : in_standing_;
    return counts[span.end] - counts[span.begin];
  }

 private:
  friend class Roll;

  void load(db::Reader& reader, std::string_view structure, Date today,
            const std::vector<Id>& organisations);
  /// One more organisation, with the next index.
  void add(Id organisation) { places_.push_back(outline_.place_of(organisation)); }
  void sum_up(const std::vector<HeadCount>& counts);

  Outline outline_;
  std::vector<std::u16string> titles_;     // of the outline's organisations
  std::vector<std::uint32_t> places_;      // by the index of an organisation in the roll
  std::vector<std::int64_t> on_record_;    // members before each place of the outline
  std::vector<std::int64_t> in_standing_;  // those in good standing
};

}  // namespace jishi::registry
