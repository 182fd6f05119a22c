#pragma once
// What the demo city is made of: figures, lists and names, read from packs/party/demo/*.toml, where
// each figure names its source.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace jishi::demo {

inline constexpr std::size_t kSettings = 8;
inline constexpr std::size_t kOccupations = 8;
inline constexpr std::size_t kAgeBands = 8;
inline constexpr std::size_t kEducations = 5;
inline constexpr std::size_t kJoinedPeriods = 4;

/// Where members are; the order of Shares::settings.
enum class Setting : std::uint8_t {
  village,
  community,
  organ,
  institution,
  university,
  state_enterprise,
  private_enterprise,
  social_organisation,
};

/// What is not in order with an organisation. The first part concerns branches and upper
/// organisations, all concern branches; `neglected` stands for several.
enum class Lapse : std::uint8_t {
  term_ending,
  term_overdue,
  secretary_vacant,
  secretary_vacant_long,
  holder_gone,
  term_extended,
  too_large,
  too_small,
  members_meeting_due,
  members_meeting_missed,
  committee_meeting_due,
  committee_meeting_missed,
  theme_day_due,
  theme_day_missed,
  lecture_due,
  lecture_missed,
  life_meeting_due,
  life_meeting_missed,
  neglected,
  ended,
  ended_with_members,
  temporary,
  mobile,
};
inline constexpr std::size_t kUpperLapses = 5;
inline constexpr std::size_t kBranchLapses = 23;

enum class DuesKind : std::uint8_t { wage, pension, flat };

struct Occupation {
  std::string code;
  double weight = 0;
  DuesKind dues = DuesKind::wage;
  int low = 0;  // monthly base in yuan; at flat rates the dues in cents
  int high = 0;
};

struct SettingShare {
  double weight = 0;     // of the members
  double mean = 0;       // members of a branch
  double committee = 0;  // of the units with a committee of their own
  double general = 0;    // of the units with a general branch
  int founded_from = 0;  // years
  int founded_to = 0;
  std::array<double, kOccupations> occupations{};
};

/// A band of the party dues: `rate` ten-thousandths of the whole base when that is `to` or less.
struct DuesBand {
  std::int64_t to_yuan = 0;
  std::int64_t rate = 0;
};

/// Likelihoods that are fitted to the official margins (see Population).
struct Matrix {
  std::array<std::array<double, kAgeBands>, kOccupations> age_of_occupation{};
  std::array<double, kAgeBands> women_of_age{};
  std::array<double, kOccupations> women_of_occupation{};
  std::array<std::array<double, kEducations>, kAgeBands> education_of_age{};
  std::array<std::array<double, kEducations>, kOccupations> education_of_occupation{};
};

/// Per thousand of whom they concern.
struct Customs {
  int credit_code = 0;
  int joint_branch = 0;
  int young_branch = 0;
  int secretary_changed = 0;
  int without_id = 0;
  int pays_by_quarter = 0;
  int late_payment = 0;
  int missed_before = 0;
  int held_late = 0;
  int attendance = 0;
};

struct MemberLapses {
  int unpaid = 0;
  int unpaid_long = 0;
  int lost_recently = 0;
  int lost = 0;
  int lost_long = 0;
  int floating = 0;
  int probation_overdue = 0;  // of those whose year is over
  int probation_extended = 0;
};

/// Signs of given names for those born before a year.
struct GivenNames {
  int before = 0;
  std::vector<std::string> men;
  std::vector<std::string> women;
};

/// A people: surnames of its own, or whole names of one or two parts.
struct People {
  std::string ethnic;  // GB/T 3304
  double weight = 0;
  std::vector<std::string> surnames;
  std::vector<std::string> given;
  std::vector<std::string> second;
  bool dot = false;
};

struct NameLists {
  std::vector<std::pair<std::string, int>> surnames;
  std::vector<GivenNames> given;
  std::vector<People> peoples;
};

struct PlaceLists {
  std::string city;
  int division = 0;
  std::vector<std::string> districts, first, second, departments, below_department, schools,
      institutions, street_offices, faculties, universities, brands, state_trades, private_trades,
      social_kinds, projects, elsewhere, roads;
};

struct TopicLists {
  std::vector<std::string> members_meeting, committee_meeting, group_meeting, lecture, theme_day,
      life_meeting, appraisal, group_names, places;
};

struct Shares {
  double committees = 0;  // weights of the three kinds of organisation
  double general_branches = 0;
  double branches = 0;
  double members_per_branch = 0;
  double members_per_district = 0;
  double members_per_street = 0;

  std::array<int, kAgeBands + 1> age_bounds{};  // full years; the last bound is exclusive too
  std::array<double, kAgeBands> ages{};
  std::array<double, kJoinedPeriods> joined{};
  double women = 0;  // %
  double minority = 0;
  std::array<double, kEducations> educations{};
  std::array<std::vector<std::string>, kEducations> education_codes;

  double developed = 0;  // % of the members, a year
  double developed_young = 0;
  double developed_students = 0;
  double developed_college = 0;
  double developed_women = 0;
  double leaving = 0;  // % of the members, a year
  std::array<double, 4> leaving_ways{};

  std::array<Occupation, kOccupations> occupations;
  std::array<SettingShare, kSettings> settings;
  Matrix matrix;
  std::vector<DuesBand> wage_bands;
  std::vector<DuesBand> pension_bands;

  Customs customs;
  std::array<int, kBranchLapses> branch_lapses{};
  std::array<int, kUpperLapses> upper_lapses{};
  MemberLapses member_lapses;

  NameLists names;
  PlaceLists places;
  TopicLists topics;
};

/// Reads the `demo` folder of a pack. A broken pack ends the work: throws std::runtime_error that
/// names the file and the key.
Shares load_shares(const std::filesystem::path& folder);

}  // namespace jishi::demo
