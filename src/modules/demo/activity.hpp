#pragma once
// What the branches did: meetings, lectures and theme days of the last years, with who was there.

#include <cstdint>
#include <string>
#include <vector>

#include "modules/demo/posts.hpp"

namespace jishi::demo {

class Activities {
 public:
  Activities(const Shares& shares, const CityPlan& plan, CitySink& sink, CityCounts& counts);

  /// Gives the activities of a branch to the sink; false when that wants no more.
  bool make(std::uint32_t index, const Body& body, const std::vector<Person>& people,
            const std::vector<Holding>& holdings);

 private:
  /// One kind of activity of a branch.
  struct Habit {
    const char* kind;
    PeriodKind period;
    Lapse due;     // skips the current period
    Lapse missed;  // skips the last full one
    const std::vector<std::string>* topics;
    int day = 0;   // from the first day of the period
    int span = 1;  // days that the day varies by
    bool of_committee = false;
  };
  /// Someone who may come.
  struct Guest {
    Date from;
    Date to;
    std::uint16_t attendance = 0;
    bool of_committee = false;
    std::string number;
  };

  void invite(const std::vector<Person>& people, const std::vector<Holding>& holdings);
  bool repeat(const Habit& habit, Rng& rng);
  bool hold_groups(Rng& rng);
  bool hold_yearly(Rng& rng);
  /// Whether it is held at all, by the branch's lapses and by chance.
  bool is_held(const Habit& habit, const Period& period, Rng& rng) const;
  bool hold(const char* kind, Date date, bool of_committee, std::size_t group, std::size_t groups,
            Rng& rng);
  const std::string& pick(const std::vector<std::string>& list, Rng& rng) const;

  const Shares& shares_;
  const CityPlan& plan_;
  CitySink& sink_;
  CityCounts& counts_;
  const Body* body_ = nullptr;
  Date first_day_;
  Date last_day_;
  std::vector<Guest> guests_;
  std::size_t guest_count_ = 0;
  intake::ActivityRow row_;
};

}  // namespace jishi::demo
