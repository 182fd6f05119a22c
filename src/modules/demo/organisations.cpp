#include "modules/demo/organisations.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "modules/demo/body_states.hpp"
#include "modules/demo/random.hpp"
#include "modules/demo/units.hpp"

namespace jishi::demo {

namespace {

constexpr std::size_t kMaxDistricts = 20;
// A branch seldom has more than this on average; a setting gets so many branches at least.
constexpr double kFullestMean = 40;

int rounded(double value) {
  return static_cast<int>(std::lround(value));
}

/// Builds the tree from the top; the states of the bodies are set afterwards.
class Builder {
 public:
  Builder(const Shares& shares, const CityPlan& plan)
      : shares_(shares),
        plan_(plan),
        units_(shares.places, superiors_, plan.seed),
        rng_(plan.seed, Stream::layout) {}

  City build() {
    count();
    add_top();
    for (std::size_t i = 0; i < kSettings; ++i) add_setting(static_cast<Setting>(i));
    return std::move(city_);
  }

 private:
  void count();
  void add_top();
  void add_district(std::size_t number);
  void add_street(std::size_t number);
  void add_setting(Setting setting);
  void add_unit(Setting setting, std::optional<BodyKind> upper, int branches);
  std::uint32_t add(BodyKind kind, std::uint32_t parent, std::string name, const Unit& unit);
  std::uint32_t add_upper(BodyKind kind, std::uint32_t parent, const std::string& name,
                          int division, const char* unit_kind);

  const Shares& shares_;
  const CityPlan& plan_;
  Superiors superiors_;
  Units units_;
  Rng rng_;
  City city_;
  std::array<int, kSettings> branches_{};
  int committees_ = 0;
  int generals_ = 0;
  std::size_t districts_ = 1;
  std::size_t streets_ = 1;
  std::uint32_t unit_count_ = 0;
};

void Builder::count() {
  const auto members = static_cast<double>(plan_.members);
  const double branches = members / shares_.members_per_branch;
  double weights = 0;
  double parts = 0;
  for (const SettingShare& setting : shares_.settings) {
    weights += setting.weight;
    parts += setting.weight / setting.mean;
  }
  for (std::size_t i = 0; i < kSettings; ++i) {
    const SettingShare& setting = shares_.settings[i];
    const int wanted = rounded(branches * setting.weight / setting.mean / parts);
    const double least = members * setting.weight / weights / kFullestMean;
    branches_[i] = std::max({wanted, static_cast<int>(std::ceil(least)), 1});
  }
  committees_ = std::max(3, rounded(branches * shares_.committees / shares_.branches));
  generals_ = rounded(branches * shares_.general_branches / shares_.branches);
  districts_ = static_cast<std::size_t>(
      std::clamp<double>(std::floor(members / shares_.members_per_district), 1, kMaxDistricts));
  streets_ = std::max(districts_, static_cast<std::size_t>(members / shares_.members_per_street));
}

std::uint32_t Builder::add(BodyKind kind, std::uint32_t parent, std::string name,
                           const Unit& unit) {
  Body& body = city_.bodies.emplace_back();
  body.kind = kind;
  body.parent = parent;
  body.name = std::move(name);
  body.unit = unit.name;
  body.division = unit.division;
  body.unit_kind = unit.kind;
  return static_cast<std::uint32_t>(city_.bodies.size() - 1);
}

std::uint32_t Builder::add_upper(BodyKind kind, std::uint32_t parent, const std::string& name,
                                 int division, const char* unit_kind) {
  if (kind == BodyKind::committee) --committees_;
  return add(kind, parent, "中共" + name, {parent, division, "", unit_kind, ""});
}

void Builder::add_top() {
  const PlaceLists& places = shares_.places;
  const std::string& city = places.city;
  const int division = places.division * 100;
  Superiors& top = superiors_;
  top.city = add_upper(BodyKind::committee, kNoBody, city + "委员会", division, "government");
  top.offices = add_upper(BodyKind::working_committee, top.city, city + "委市直机关工作委员会",
                          division, "government");
  top.schools = add_upper(BodyKind::working_committee, top.city, city + "委教育工作委员会",
                          division, "government");
  // Small cities have few committees, and the units want most of them.
  const bool large = committees_ > 12;
  top.state_assets = top.health = top.city;
  if (large) {
    top.state_assets =
        add_upper(BodyKind::committee, top.city, city + "人民政府国有资产监督管理委员会委员会",
                  division, "government");
    top.health = add_upper(BodyKind::committee, top.city, city + "卫生健康委员会系统委员会",
                           division, "government");
  }
  for (std::size_t i = 0; i < districts_; ++i) add_district(i);
  for (std::size_t i = 0; i < streets_; ++i) add_street(i);
  top.districts.push_back({top.city, top.offices, top.schools, top.offices, city, division});
}

void Builder::add_district(std::size_t number) {
  const PlaceLists& places = shares_.places;
  const std::string name = places.city + places.districts[number % places.districts.size()];
  const int division = places.division * 100 + static_cast<int>(number) + 2;
  const std::uint32_t body =
      add_upper(BodyKind::committee, superiors_.city, name + "委员会", division, "government");
  const auto working = [&](const char* what) {
    return add_upper(BodyKind::working_committee, body, name + "委" + what + "工作委员会", division,
                     "government");
  };
  const std::uint32_t offices = working("直属机关");
  const std::uint32_t schools = working("教育");
  const std::uint32_t firms = working("两新组织");
  superiors_.districts.push_back({body, offices, schools, firms, name, division});
}

void Builder::add_street(std::size_t number) {
  Superiors& top = superiors_;
  const std::size_t district = number % districts_;
  const bool town = number / districts_ % 5 >= 2;  // three of five are townships
  const Superiors::District& above = top.districts[district];
  const std::string name =
      above.name + place_word(shares_.places, number, plan_.seed) + (town ? "镇" : "街道");
  const std::uint32_t body = add_upper(BodyKind::committee, above.body, name + "委员会",
                                       above.division, town ? "township" : "subdistrict");
  (town ? top.towns : top.quarters).push_back(top.streets.size());
  top.streets.push_back({body, district, name, town});
}

void Builder::add_setting(Setting setting) {
  const auto at = static_cast<std::size_t>(setting);
  const SettingShare& share = shares_.settings[at];
  // What is left for units after the top took its own committees.
  double committee_parts = 0;
  double general_parts = 0;
  for (std::size_t i = at; i < kSettings; ++i) {
    committee_parts += shares_.settings[i].committee;
    general_parts += shares_.settings[i].general;
  }
  const auto part = [](int left, double mine, double all) {
    return all > 0 && left > 0 ? rounded(left * mine / all) : 0;
  };
  int left = branches_[at];
  int committees = std::min(part(committees_, share.committee, committee_parts), left / 5);
  int generals =
      std::min(part(generals_, share.general, general_parts), (left - 5 * committees) / 2);
  committees_ -= committees;
  generals_ -= generals;
  while (left > 0) {
    // Every kind of unit gets its share of the way, so that all places have some of each.
    const int lone = left - 7 * committees - 3 * generals;
    const int pick = rng_.between(1, std::max(1, lone) + committees + generals);
    const int reserve = 5 * std::max(0, committees - 1) + 2 * generals;
    if (committees > 0 && (pick <= committees || lone <= 0)) {
      const int size = std::clamp(rng_.between(4, 10), 1, std::max(1, left - reserve));
      add_unit(setting, BodyKind::committee, size);
      left -= size;
      --committees;
    } else if (generals > 0 && (pick <= committees + generals || lone <= 0)) {
      const int size = std::clamp(rng_.between(2, 4), 1, std::max(1, left - reserve + 2));
      add_unit(setting, BodyKind::general_branch, size);
      left -= size;
      --generals;
    } else {
      add_unit(setting, std::nullopt, 1);
      --left;
    }
  }
}

void Builder::add_unit(Setting setting, std::optional<BodyKind> upper, int branches) {
  const Unit unit = units_.next(setting);
  const std::uint32_t number = unit_count_++;
  const std::string credit = rng_.chance(shares_.customs.credit_code)
                                 ? credit_code(unit.registrar, unit.division, number)
                                 : std::string();
  const auto dress = [&](std::uint32_t body) {
    city_.bodies[body].setting = setting;
    city_.bodies[body].credit_code = credit;
    return body;
  };
  if (!upper) {
    const bool may_join =
        setting == Setting::private_enterprise || setting == Setting::social_organisation;
    const bool joint = may_join && rng_.chance(shares_.customs.joint_branch);
    dress(add(joint ? BodyKind::joint_branch : BodyKind::branch, unit.parent,
              "中共" + unit.name + (joint ? "联合支部委员会" : "支部委员会"), unit));
    return;
  }
  const bool committee = *upper == BodyKind::committee;
  const std::uint32_t body = dress(
      add(*upper, unit.parent, "中共" + unit.name + (committee ? "委员会" : "总支部委员会"), unit));
  for (int i = 1; i <= branches; ++i) {
    dress(add(BodyKind::branch, body, "中共" + unit.name + "第" + chinese_number(i) + "支部委员会",
              unit));
  }
}

const char* kind_code(BodyKind kind) {
  switch (kind) {
    case BodyKind::committee: return "committee";
    case BodyKind::general_branch: return "general_branch";
    case BodyKind::branch: return "branch";
    case BodyKind::joint_branch: return "joint_branch";
    case BodyKind::temporary_branch: return "temporary_branch";
    case BodyKind::mobile_branch: return "mobile_branch";
    case BodyKind::working_committee: return "working_committee";
  }
  return "";
}

/// Whether the members of a branch may hold the posts of an upper body; `strictness` falls from 2,
/// where only officials serve above the units, to 0, where any branch will do.
bool may_seat(const Body& branch, const Body& upper, int strictness) {
  if (branch.members < (strictness > 0 ? 8 : 3)) return false;
  if (strictness == 0) return true;
  const bool gone = upper.lapses.has(Lapse::holder_gone);
  if (branch.lapses.any() || (gone && branch.formers == 0)) return false;
  return strictness == 1 || !upper.unit.empty() || branch.setting == Setting::organ;
}

/// Gives every upper body the branch from which its posts are filled: the first fitting one below.
void seat_uppers(City& city) {
  for (int strictness = 2; strictness >= 0; --strictness) {
    for (std::uint32_t i = 0; i < city.bodies.size(); ++i) {
      const Body& body = city.bodies[i];
      if (!body.is_branch() || body.ended) continue;
      for (std::uint32_t at = body.parent; at != kNoBody; at = city.bodies[at].parent) {
        Body& upper = city.bodies[at];
        if (upper.seat == kNoBody && may_seat(body, upper, strictness)) upper.seat = i;
      }
    }
  }
}

}  // namespace

City plan_city(const Shares& shares, const CityPlan& plan) {
  City city = Builder(shares, plan).build();
  set_lapses(shares, plan, city);
  set_sizes(shares, plan, city);
  set_dates(shares, plan, city);
  seat_uppers(city);
  return city;
}

void write_code(std::uint32_t body, std::string& code) {
  code.assign("099000000000");
  std::size_t at = code.size();
  for (std::uint32_t number = body + 1; number > 0; number /= 10) {
    code[--at] = static_cast<char>('0' + number % 10);
  }
}

void fill_row(const City& city, std::uint32_t index, intake::OrganisationRow& row) {
  const Body& body = city.bodies[index];
  write_code(index, row.code);
  row.name = body.name;
  row.parent.clear();
  if (body.parent != kNoBody) write_code(body.parent, row.parent);
  row.kind = kind_code(body.kind);
  row.unit_name = body.unit;
  row.credit_code = body.credit_code;
  row.unit_kind = body.unit_kind;
  row.division = fmt::format("{:06d}", body.division);
  row.founded = body.founded;
  row.elected = body.elected;
  row.term_years.reset();
  if (body.term_years > 0) row.term_years = body.term_years;
  row.extended_to = body.extended_to;
  row.ended = body.ended;
  row.phone = fmt::format("000-{:08d}", index + 1);
}

}  // namespace jishi::demo
