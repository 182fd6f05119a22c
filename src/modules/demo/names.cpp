#include "modules/demo/names.hpp"

#include <cmath>

namespace jishi::demo {

namespace {

const std::string& any_of(const std::vector<std::string>& list, Rng& rng) {
  return list[rng.below(static_cast<std::uint32_t>(list.size()))];
}

template <class List, class WeightOf>
AliasTable table_of(const List& list, WeightOf weight_of) {
  std::vector<double> weights;
  weights.reserve(list.size());
  for (const auto& entry : list) weights.push_back(weight_of(entry));
  return AliasTable(weights);
}

constexpr int kTwoSigns = 840;  // of a thousand given names

}  // namespace

Names::Names(const NameLists& lists, double minority_percent)
    : lists_(lists),
      minority_(static_cast<std::uint32_t>(std::lround(minority_percent * 1000))),
      surnames_(table_of(lists.surnames, [](const auto& entry) { return entry.second; })),
      peoples_(table_of(lists.peoples, [](const People& people) { return people.weight; })) {
}

void Names::write(Rng& rng, int birth_year, bool woman, std::string& name,
                  std::string& ethnic) const {
  if (rng.below(100'000) >= minority_) {
    ethnic = "01";
    name = lists_.surnames[surnames_.draw(rng)].first;
    write_given(rng, birth_year, woman, name);
    return;
  }
  const People& people = lists_.peoples[peoples_.draw(rng)];
  ethnic = people.ethnic;
  if (!people.given.empty()) {
    name = any_of(people.given, rng);
    if (people.dot) name += "·";
    if (!people.second.empty()) name += any_of(people.second, rng);
    return;
  }
  name = people.surnames.empty() ? lists_.surnames[surnames_.draw(rng)].first
                                 : any_of(people.surnames, rng);
  write_given(rng, birth_year, woman, name);
}

void Names::write_given(Rng& rng, int birth_year, bool woman, std::string& name) const {
  const GivenNames* given = &lists_.given.back();
  for (const GivenNames& candidate : lists_.given) {
    if (birth_year < candidate.before) {
      given = &candidate;
      break;
    }
  }
  const auto& signs = woman ? given->women : given->men;
  name += any_of(signs, rng);
  if (rng.chance(kTwoSigns)) name += any_of(signs, rng);
}

}  // namespace jishi::demo
