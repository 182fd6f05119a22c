#pragma once
// Who holds which post.

#include <cstdint>
#include <optional>
#include <vector>

#include "modules/demo/people.hpp"

namespace jishi::demo {

/// A post, held by a person (their place among the people given).
struct Holding {
  std::uint16_t place = 0;
  const char* title = "";
  Date from{};
  std::optional<Date> to;
};

class Posts {
 public:
  Posts(const Shares& shares, const CityPlan& plan) : shares_(shares), plan_(plan) {}

  /// The posts of an organisation, whose holders are of `people`: its own for a branch, those of
  /// its seat for an upper organisation. Branches without members have none.
  void make(std::uint32_t index, const Body& body, const std::vector<Person>& people,
            std::vector<Holding>& holdings) const;

 private:
  void add_secretary(const Body& body, const std::vector<Person>& people,
                     const std::vector<std::uint16_t>& candidates, Date from, Rng& rng,
                     std::vector<Holding>& holdings) const;
  std::optional<Date> vacant_since(const Body& body, Rng& rng) const;

  const Shares& shares_;
  const CityPlan& plan_;
};

/// Whether a person may hold a post on the as-of date: a full member of some years, and about.
bool may_hold_post(const Person& person, Date as_of);

/// Full members in good standing.
int full_members(const std::vector<Person>& people);

}  // namespace jishi::demo
