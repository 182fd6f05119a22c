#include "modules/demo/population.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace jishi::demo {

namespace {

constexpr int kRounds = 60;  // of fitting; the margins then hold to a few in a hundred thousand
constexpr std::size_t kYoungBands = 2;         // the age bands up to 35
constexpr std::size_t kCollegeEducations = 3;  // the educations from junior college on
constexpr std::uint8_t kStudent = 5;           // in Shares::occupations

/// One official margin: which group each cell belongs to, and what share each group has.
struct Margin {
  std::vector<std::uint8_t> group;
  std::vector<double> share;
};

/// Iterative proportional fitting: scales the cells until every margin holds.
void fit(std::vector<double>& cells, const std::vector<Margin>& margins) {
  std::vector<double> sums;
  for (int round = 0; round < kRounds; ++round) {
    for (const Margin& margin : margins) {
      sums.assign(margin.share.size(), 0);
      for (std::size_t i = 0; i < cells.size(); ++i) sums[margin.group[i]] += cells[i];
      for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i] = sums[i] > 0 ? margin.share[i] / sums[i] : 0;
      }
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i] *= sums[margin.group[i]];
    }
  }
}

template <class Weights>
std::vector<double> normalised(const Weights& weights) {
  std::vector<double> shares(weights.begin(), weights.end());
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

/// How likely it is to join at an age in years: from 18, mostly in the twenties, seldom late.
double joining_likelihood(double age) {
  if (age < 18.1) return 0;
  if (age < 28) return 1;
  const double later = (age - 28) / 7;
  return 1 / (1 + later * later);
}

/// How likely an age band is among those who joined within a span of days.
double likelihood(const Span& births, const Span& joinings) {
  constexpr int kSteps = 24;
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) {
    for (int k = 0; k < kSteps; ++k) {
      const auto at = [](const Span& span, int step) {
        return to_days(span.from) +
               (to_days(span.to) - to_days(span.from)) * (step * 2 + 1) / (kSteps * 2);
      };
      sum += joining_likelihood((at(joinings, k) - at(births, i)) / 365.25);
    }
  }
  return sum * (to_days(joinings.to) - to_days(joinings.from) + 1);
}

using Cells = std::vector<Traits>;

Cells all_cells() {
  Cells cells;
  for (std::uint8_t occupation = 0; occupation < kOccupations; ++occupation)
    for (std::uint8_t age = 0; age < kAgeBands; ++age)
      for (std::uint8_t slot = 0; slot < kSlots; ++slot)
        for (std::uint8_t education = 0; education < kEducations; ++education)
          for (const bool woman : {false, true})
            cells.push_back({occupation, age, slot, education, woman});
  return cells;
}

/// A margin over the cells of all settings.
Margin margin_of(const Cells& cells, std::vector<double> share,
                 const std::function<std::size_t(std::size_t, const Traits&)>& group) {
  Margin margin{{}, std::move(share)};
  margin.group.reserve(kSettings * cells.size());
  for (std::size_t setting = 0; setting < kSettings; ++setting) {
    for (const Traits& cell : cells) {
      margin.group.push_back(static_cast<std::uint8_t>(group(setting, cell)));
    }
  }
  return margin;
}

bool is_new(const Traits& cell) {
  return cell.slot >= kSlotYearBefore;
}

/// A margin among the newly received only: `share` % of them are in the group.
Margin margin_of_new(const Cells& cells, const Shares& shares, double share,
                     const std::function<bool(const Traits&)>& in_group) {
  const double all = 2 * shares.developed / 100;
  return margin_of(cells, {1 - all, all * share / 100, all * (1 - share / 100)},
                   [&](std::size_t, const Traits& cell) -> std::size_t {
                     return !is_new(cell) ? 0 : in_group(cell) ? 1 : 2;
                   });
}

std::vector<Margin> official_margins(const Cells& cells, const Shares& shares) {
  std::vector<double> settings;
  for (const SettingShare& setting : shares.settings) settings.push_back(setting.weight);
  std::vector<double> occupations;
  for (const Occupation& occupation : shares.occupations) occupations.push_back(occupation.weight);
  std::vector<double> slots = normalised(shares.joined);
  const double developed = shares.developed / 100;
  slots.back() -= 2 * developed;
  slots.insert(slots.end(), 2, developed);

  std::vector<Margin> margins;
  margins.push_back(margin_of_new(cells, shares, shares.developed_students,
                                  [](const Traits& c) { return c.occupation == kStudent; }));
  margins.push_back(margin_of_new(cells, shares, shares.developed_college, [](const Traits& c) {
    return c.education < kCollegeEducations;
  }));
  margins.push_back(margin_of_new(cells, shares, shares.developed_women,
                                  [](const Traits& c) { return c.woman; }));
  margins.push_back(margin_of_new(cells, shares, shares.developed_young,
                                  [](const Traits& c) { return c.age < kYoungBands; }));
  margins.push_back(margin_of(cells, normalised(shares.educations),
                              [](std::size_t, const Traits& c) { return c.education; }));
  margins.push_back(margin_of(cells, {1 - shares.women / 100, shares.women / 100},
                              [](std::size_t, const Traits& c) { return c.woman ? 1U : 0U; }));
  margins.push_back(margin_of(cells, slots, [](std::size_t, const Traits& c) { return c.slot; }));
  margins.push_back(margin_of(cells, normalised(shares.ages),
                              [](std::size_t, const Traits& c) { return c.age; }));
  margins.push_back(margin_of(cells, normalised(occupations),
                              [](std::size_t, const Traits& c) { return c.occupation; }));
  margins.push_back(margin_of(cells, normalised(settings),
                              [](std::size_t setting, const Traits&) { return setting; }));
  return margins;
}

/// The likelihood of a cell before the fit.
double prior(const Shares& shares, std::size_t setting, const Traits& cell) {
  const Matrix& matrix = shares.matrix;
  const double by_age = matrix.women_of_age[cell.age];
  const double by_occupation = matrix.women_of_occupation[cell.occupation];
  const double sex = cell.woman ? by_age * by_occupation : (100 - by_age) * (100 - by_occupation);
  return shares.settings[setting].occupations[cell.occupation] *
         matrix.age_of_occupation[cell.occupation][cell.age] * sex *
         matrix.education_of_age[cell.age][cell.education] *
         matrix.education_of_occupation[cell.occupation][cell.education];
}

Date day(int year, unsigned month, unsigned of_month) {
  return make_date(year, month, of_month).value();
}

}  // namespace

AliasTable::AliasTable(const std::vector<double>& weights) : chances_(weights.size()) {
  std::vector<double> part = normalised(weights);
  std::vector<std::uint16_t> small;
  std::vector<std::uint16_t> large;
  for (std::size_t i = 0; i < part.size(); ++i) {
    part[i] *= static_cast<double>(part.size());
    (part[i] < 1 ? small : large).push_back(static_cast<std::uint16_t>(i));
    chances_[i] = {0xFFFFFFFFU, static_cast<std::uint16_t>(i)};
  }
  while (!small.empty() && !large.empty()) {
    const std::uint16_t low = small.back();
    small.pop_back();
    const std::uint16_t high = large.back();
    chances_[low] = {static_cast<std::uint32_t>(part[low] * 0x1.0p32), high};
    part[high] -= 1 - part[low];
    if (part[high] < 1) {
      large.pop_back();
      small.push_back(high);
    }
  }
}

std::size_t AliasTable::draw(Rng& rng) const {
  const std::size_t place = rng.below(static_cast<std::uint32_t>(chances_.size()));
  const bool keep = static_cast<std::uint32_t>(rng.next() >> 32U) < chances_[place].keep;
  return keep ? place : chances_[place].other;
}

Population::Population(const Shares& shares, Date as_of) : cells_(all_cells()) {
  const std::chrono::days one(1);
  const Date year_ago = add_months(as_of, -12);
  const Date two_years_ago = add_months(as_of, -24);
  joinings_ = {Span{day(1943, 1, 1), day(1949, 9, 30)},   Span{day(1949, 10, 1), day(1978, 12, 17)},
               Span{day(1978, 12, 18), day(2012, 11, 7)}, Span{day(2012, 11, 8), two_years_ago},
               Span{two_years_ago + one, year_ago},       Span{year_ago + one, as_of}};
  for (std::size_t band = 0; band < kAgeBands; ++band) {
    births_[band] = {add_months(as_of, -12 * shares.age_bounds[band + 1]) + one,
                     add_months(as_of, -12 * shares.age_bounds[band])};
  }

  std::array<std::array<double, kSlots>, kAgeBands> joining{};
  for (std::size_t age = 0; age < kAgeBands; ++age)
    for (std::size_t slot = 0; slot < kSlots; ++slot)
      joining[age][slot] = likelihood(births_[age], joinings_[slot]);
  std::vector<double> weights;
  weights.reserve(kSettings * cells_.size());
  for (std::size_t setting = 0; setting < kSettings; ++setting)
    for (const Traits& cell : cells_)
      weights.push_back(prior(shares, setting, cell) * joining[cell.age][cell.slot]);
  fit(weights, official_margins(cells_, shares));

  for (std::size_t setting = 0; setting < kSettings; ++setting) {
    const auto first = weights.begin() + static_cast<std::ptrdiff_t>(setting * cells_.size());
    tables_[setting] = AliasTable({first, first + static_cast<std::ptrdiff_t>(cells_.size())});
  }
}

Traits Population::draw(Setting setting, Rng& rng) const {
  return cells_[tables_[static_cast<std::size_t>(setting)].draw(rng)];
}

}  // namespace jishi::demo
