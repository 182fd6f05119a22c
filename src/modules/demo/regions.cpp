#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "modules/demo/demo.hpp"
#include "modules/demo/organisations.hpp"
#include "modules/demo/units.hpp"

namespace jishi::demo {

namespace {

using std::chrono::days;

constexpr const char* kRegion = "region";
constexpr const char* kGrid = "grid";

constexpr days kStructuresSince{800};  // before the as-of date
constexpr days kRegionsSince{700};
constexpr std::size_t kGridded = 4;  // villages or communities of a street that have grids
constexpr int kGrids = 3;            // of each
// What joins a region has enough people to take part.
constexpr int kLeastMembers = 14;
constexpr int kMostMembers = 45;

std::string_view without(std::string_view text, std::string_view prefix) {
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  return text;
}

/// A street or a district, with the branches of each setting that have joined no region yet.
struct Place {
  std::uint32_t body = kNoBody;
  std::uint32_t district = kNoBody;
  std::string full;  // 临湖市望澜区柳溪街道
  std::array<std::vector<std::uint32_t>, kSettings> branches;
  std::array<std::size_t, kSettings> taken{};
  std::vector<std::uint32_t> locals;  // the organisations of its first villages or communities
  Date since{};                       // when it came to stand in the structures

  bool is_street() const { return district != body; }
};

class RegionMaker {
 public:
  RegionMaker(const Shares& shares, const CityPlan& plan)
      : lists_(shares.places), as_of_(plan.as_of), city_(plan_city(shares, plan)) {
    look_around();
  }

  std::vector<Placing> make() {
    const Date since = std::max(city_.bodies[0].founded, as_of_ - kStructuresSince);
    for (const char* structure : {kRegion, kGrid}) stand(structure, 0, "", since);
    for (Place& place : places_) {
      const Place& above = places_[place_of_[place.district]];
      const bool street = place.is_street();
      place.since = std::max(city_.bodies[place.body].founded, street ? above.since : since);
      for (const char* structure : {kRegion, kGrid}) {
        stand(structure, place.body, code_of(street ? place.district : 0), place.since);
      }
      const auto firms = add_region(place);
      if (street) add_grids(place, firms);
    }
    return std::move(made_);
  }

 private:
  void look_around();
  void note_branch(std::uint32_t index, Place& place);
  std::vector<std::string> add_region(Place& place);
  void add_grids(const Place& place, const std::vector<std::string>& firms);

  bool is_top_of_place(const Body& body) const;
  /// The next branch of a setting, of the place or else of its district; none is taken twice.
  std::optional<std::uint32_t> take(Place& place, Setting setting);
  std::string firm_name(const Place& place);

  static std::string code_of(std::uint32_t body) {
    std::string code;
    write_code(body, code);
    return code;
  }
  void stand(const char* structure, std::uint32_t body, std::string parent, Date since);
  std::string found(const char* structure, const std::string& parent, const char* kind,
                    std::string name, Date since, const Place& place);

  const PlaceLists& lists_;
  const Date as_of_;
  const City city_;
  std::vector<Place> places_;            // a district before its streets
  std::vector<std::uint32_t> place_of_;  // of each body: the nearest place, or kNoBody
  std::vector<Placing> made_;
  std::uint32_t founded_ = 0;  // so far, behind the organisations of the city
  std::uint32_t firms_ = 0;
  std::uint32_t societies_ = 0;
};

bool RegionMaker::is_top_of_place(const Body& body) const {
  return body.kind == BodyKind::committee && body.unit.empty() && body.parent != kNoBody &&
         body.division != city_.bodies[0].division;
}

void RegionMaker::look_around() {
  place_of_.assign(city_.bodies.size(), kNoBody);
  for (std::uint32_t i = 1; i < city_.bodies.size(); ++i) {
    const Body& body = city_.bodies[i];
    if (!is_top_of_place(body)) {
      place_of_[i] = place_of_[body.parent];
      if (place_of_[i] != kNoBody && !body.ended) note_branch(i, places_[place_of_[i]]);
      continue;
    }
    place_of_[i] = static_cast<std::uint32_t>(places_.size());
    Place& place = places_.emplace_back();
    place.body = i;
    place.district = body.parent == 0 ? i : body.parent;
    std::string_view name = without(body.name, "中共");
    name.remove_suffix(std::string_view("委员会").size());
    place.full = name;
  }
}

void RegionMaker::note_branch(std::uint32_t index, Place& place) {
  const Body& body = city_.bodies[index];
  const bool local = body.setting == Setting::village || body.setting == Setting::community;
  if (local && body.parent == place.body && place.locals.size() < kGridded) {
    place.locals.push_back(index);
  }
  const bool usual = body.kind == BodyKind::branch || body.kind == BodyKind::joint_branch;
  if (!usual || body.members < kLeastMembers || body.members > kMostMembers) return;
  auto& branches = place.branches[static_cast<std::size_t>(body.setting)];
  // One branch of a unit is enough.
  if (!branches.empty() && city_.bodies[branches.back()].unit == body.unit) return;
  branches.push_back(index);
}

std::optional<std::uint32_t> RegionMaker::take(Place& place, Setting setting) {
  const auto at = static_cast<std::size_t>(setting);
  for (Place* holder : {&place, &places_[place_of_[place.district]]}) {
    if (holder->taken[at] < holder->branches[at].size()) {
      return holder->branches[at][holder->taken[at]++];
    }
  }
  return std::nullopt;
}

void RegionMaker::stand(const char* structure, std::uint32_t body, std::string parent, Date since) {
  made_.push_back({structure, code_of(body), std::move(parent),
                   std::max(since, city_.bodies[body].founded), "", "", "", ""});
}

std::string RegionMaker::found(const char* structure, const std::string& parent, const char* kind,
                               std::string name, Date since, const Place& place) {
  std::string code = code_of(static_cast<std::uint32_t>(city_.bodies.size()) + founded_++);
  made_.push_back({structure, code, parent, since, std::move(name), kind, "",
                   fmt::format("{:06d}", city_.bodies[place.body].division)});
  return code;
}

std::string RegionMaker::firm_name(const Place& place) {
  const auto& brands = lists_.brands;
  const auto& trades = lists_.private_trades;
  std::string_view at = place.full;
  if (place.is_street()) {
    at = without(at, places_[place_of_[place.district]].full);
    for (const std::string_view end : {"街道", "镇"}) {
      if (at.ends_with(end)) at.remove_suffix(end.size());
    }
  } else {
    at = without(at, lists_.city);
  }
  // The second list moves on when the first has been gone through.
  const std::size_t number = firms_++;
  const std::size_t round = number / brands.size();
  return fmt::format("{}{}{}{}有限公司", lists_.city, at, brands[number % brands.size()],
                     trades[(number + round) % trades.size()]);
}

std::vector<std::string> RegionMaker::add_region(Place& place) {
  using enum Setting;
  static constexpr std::array kOfStreet = {village,     community,          community,
                                           organ,       private_enterprise, private_enterprise,
                                           institution, social_organisation};
  static constexpr std::array kOfDistrict = {organ,
                                             state_enterprise,
                                             private_enterprise,
                                             private_enterprise,
                                             private_enterprise,
                                             social_organisation,
                                             social_organisation,
                                             institution};
  const std::string name(without(place.full, lists_.city));
  const Date since = std::max(place.since, as_of_ - kRegionsSince);
  const std::string region =
      found(kRegion, code_of(place.body), "party_region",
            name + (place.is_street() ? "党建片区" : "商圈党建联盟"), since, place);
  for (const Setting setting : place.is_street() ? kOfStreet : kOfDistrict) {
    if (const auto branch = take(place, setting)) stand(kRegion, *branch, region, since);
  }
  std::vector<std::string> firms;
  for (int i = 0; i < 2; ++i) {
    firms.push_back(found(kRegion, region, "enterprise", firm_name(place), since, place));
    made_.back().unit_kind = "private_enterprise";
  }
  found(kRegion, region, "social_organisation",
        name + lists_.social_kinds[societies_++ % lists_.social_kinds.size()], since, place);
  made_.back().unit_kind = "social_organisation";
  return firms;
}

void RegionMaker::add_grids(const Place& place, const std::vector<std::string>& firms) {
  std::vector<std::pair<std::string, Date>> grids;
  const Date since = std::max(place.since, as_of_ - kRegionsSince);
  for (const std::uint32_t local : place.locals) {
    stand(kGrid, local, code_of(place.body), since);
    const Date from = made_.back().on;
    const std::string unit(without(city_.bodies[local].unit, place.full));
    const std::size_t first = grids.size();
    for (int i = 1; i <= kGrids; ++i) {
      const std::string name = fmt::format("{}第{}网格", unit, chinese_number(i));
      grids.emplace_back(found(kGrid, code_of(local), "grid", name, from, place), from);
    }
    // Its branches, if it is more than one, share the grids.
    std::size_t shared = 0;
    for (std::uint32_t i = local + 1; i < city_.bodies.size() && city_.bodies[i].parent == local;
         ++i) {
      if (!city_.bodies[i].ended) stand(kGrid, i, grids[first + shared++ % kGrids].first, from);
    }
  }
  if (grids.empty()) return;
  for (std::size_t i = 0; i < firms.size(); ++i) {
    const auto& [grid, from] = grids[i % grids.size()];
    made_.push_back({kGrid, firms[i], grid, from, "", "", "", ""});
  }
}

}  // namespace

std::vector<Placing> make_regions(const Shares& shares, const CityPlan& plan) {
  return RegionMaker(shares, plan).make();
}

}  // namespace jishi::demo
