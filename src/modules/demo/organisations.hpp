#pragma once
// The organisations of the demo city: planned as a whole, since a city of a million members has
// only some fifty thousand.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "modules/demo/demo.hpp"
#include "modules/demo/shares.hpp"

namespace jishi::demo {

/// The lapses of one organisation.
class Lapses {
 public:
  void add(Lapse lapse) { bits_ |= bit(lapse); }
  bool has(Lapse lapse) const { return (bits_ & bit(lapse)) != 0; }
  bool any() const { return bits_ != 0; }

 private:
  static std::uint32_t bit(Lapse lapse) { return 1U << static_cast<unsigned>(lapse); }
  std::uint32_t bits_ = 0;
};

enum class BodyKind : std::uint8_t {
  committee,
  general_branch,
  branch,
  joint_branch,
  temporary_branch,
  mobile_branch,
  working_committee,
};

inline constexpr std::uint32_t kNoBody = 0xFFFFFFFFU;

/// One organisation.
struct Body {
  BodyKind kind = BodyKind::branch;
  Setting setting = Setting::organ;
  std::uint8_t term_years = 0;  // as recorded; 0: not recorded
  Lapses lapses;
  std::uint32_t parent = kNoBody;
  std::uint32_t seat = kNoBody;  // of an upper body: the branch whose members hold its posts
  std::uint32_t first_person = 0;
  std::uint16_t members = 0;  // in good standing; persons first_person … + members + formers − 1
  std::uint16_t formers = 0;  // those who left, after the members
  std::int32_t division = 0;
  const char* unit_kind = "";
  Date founded{};
  std::optional<Date> elected;
  std::optional<Date> extended_to;
  std::optional<Date> ended;
  std::string name;
  std::string unit;
  std::string credit_code;

  /// Whether it has members of its own.
  bool is_branch() const {
    return kind != BodyKind::committee && kind != BodyKind::general_branch &&
           kind != BodyKind::working_committee;
  }
};

/// All organisations, a superior before those below it; their place is their index everywhere.
struct City {
  std::vector<Body> bodies;
  std::uint32_t persons = 0;  // members and those who left
};

/// Plans the city; the plan must be valid.
City plan_city(const Shares& shares, const CityPlan& plan);

/// The 12-digit code of an organisation: province 99, which nobody has, and a number.
void write_code(std::uint32_t body, std::string& code);

/// Fills the row of an organisation.
void fill_row(const City& city, std::uint32_t body, intake::OrganisationRow& row);

}  // namespace jishi::demo
