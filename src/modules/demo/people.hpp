#pragma once
// The persons of the demo city: made branch by branch, as often as needed, always the same.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "modules/demo/names.hpp"
#include "modules/demo/organisations.hpp"
#include "modules/demo/population.hpp"

namespace jishi::demo {

enum class Status : std::uint8_t { normal, deceased, transferred_out, suspended, left };

/// One person.
struct Person {
  std::uint32_t number = 0;  // within the city
  Traits traits;
  Status status = Status::normal;
  bool full = true;
  bool has_id = true;
  std::uint8_t unpaid_months = 0;  // up to and with the last full month
  std::uint16_t attendance = 0;    // per thousand
  Date birth{};
  Date joined{};
  std::optional<Date> confirmed;
  std::optional<Date> probation_until;
  std::optional<Date> lost_since;
  std::optional<Date> floating_since;
  std::optional<Date> gone_on;  // the day on which they left; no workbook tells it

  /// The last day on which they are about.
  Date last_day(Date as_of) const {
    return gone_on ? *gone_on : lost_since ? std::min(*lost_since, as_of) : as_of;
  }
};

class PeopleMaker {
 public:
  PeopleMaker(const Shares& shares, const CityPlan& plan);

  /// The persons of a branch: its members, then those who left.
  void make(const Body& body, std::vector<Person>& people) const;

  /// Fills the row of a person of an organisation.
  void fill_row(const Person& person, std::uint32_t body, intake::MemberRow& row) const;

 private:
  Person make_person(const Body& body, std::uint32_t place, bool must_be_full) const;
  void set_former(const Body& body, Person& person, Rng& rng) const;
  void set_probation(Person& person, Rng& rng) const;
  void set_dates(Person& person, Rng& rng) const;
  void set_habits(Person& person, Rng& rng) const;
  void set_absence(Person& person, int place, Rng& rng) const;

  const Shares& shares_;
  const CityPlan& plan_;
  Population population_;
  Names names_;
  AliasTable leaving_;
};

/// The 人员编号 of a person: short enough that a std::string needs no memory of its own.
void write_number(std::uint32_t person, std::string& number);

}  // namespace jishi::demo
