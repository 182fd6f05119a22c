#include "modules/demo/units.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "base/checks.hpp"

namespace jishi::demo {

namespace {

/// The entry of a list, and how often the list has been gone through before.
struct Turn {
  const std::string& text;
  std::uint32_t round;
};

Turn turn(const std::vector<std::string>& list, std::uint32_t number) {
  const auto size = static_cast<std::uint32_t>(list.size());
  return {list[number % size], number / size};
}

/// The entry of a second list for the `number`-th use of a list of `size`: begins elsewhere for
/// each entry of the first, so that neighbours differ in both parts and no pair comes twice.
Turn turn_beside(const std::vector<std::string>& list, std::uint32_t number, std::size_t size) {
  const auto first = static_cast<std::uint32_t>(size);
  const auto second = static_cast<std::uint32_t>(list.size());
  const std::uint32_t round = number / first;
  return {list[(number % first + round) % second], round / second};
}

/// Behind a name that was used `round` times before.
std::string again(std::uint32_t round) {
  return round == 0 ? std::string() : fmt::format("第{}分部", round + 1);
}

}  // namespace

std::string place_word(const PlaceLists& places, std::uint64_t number, std::uint64_t seed) {
  const std::uint64_t first = places.first.size();
  const std::uint64_t second = places.second.size();
  constexpr std::uint64_t kStride = 421;  // prime, so that every pair comes once
  const std::uint64_t place = (number * kStride + seed % 997) % (first * second);
  std::string word = places.first[place / second] + places.second[place % second];
  const std::uint64_t round = number / (first * second);
  if (round > 0) word = places.first[(round - 1) % first] + word;
  return word;
}

std::string chinese_number(int number) {
  static constexpr std::array<std::string_view, 10> kDigits = {"",   "一", "二", "三", "四",
                                                               "五", "六", "七", "八", "九"};
  const auto tens = static_cast<std::size_t>(number / 10 % 10);
  const auto ones = static_cast<std::size_t>(number % 10);
  std::string text;
  if (tens > 1) text += kDigits[tens];
  if (tens > 0) text += "十";
  text += kDigits[ones];
  return text;
}

std::string credit_code(std::string_view registrar, int division, std::uint32_t number) {
  static constexpr std::array<int, 8> kWeights = {3, 7, 9, 10, 5, 8, 4, 2};  // GB 11714
  std::string code = fmt::format("{}{:06d}", registrar, division);
  const std::string own = fmt::format("{:08d}", number + 10'000'000);
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (own[i] - '0') * kWeights[i];
  const int check = 11 - sum % 11;
  code += own;
  code += check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
  code += credit_code_check_sign(code).value();
  return code;
}

Unit Units::next(Setting setting) {
  const std::uint32_t count = counts_[static_cast<std::size_t>(setting)]++;
  switch (setting) {
    case Setting::village: return local(count, true);
    case Setting::community: return local(count, false);
    case Setting::organ: return office(count);
    case Setting::institution: return institution(count);
    case Setting::university: return faculty(count);
    case Setting::state_enterprise: return state_firm(count);
    case Setting::private_enterprise: return private_firm(count);
    case Setting::social_organisation: return association(count);
  }
  return {};
}

Unit Units::local(std::uint32_t count, bool town) {
  const auto& wanted = town ? superiors_.towns : superiors_.quarters;
  const std::size_t size = wanted.empty() ? superiors_.streets.size() : wanted.size();
  const std::size_t at = wanted.empty() ? count % size : wanted[count % size];
  Superiors::Street& street = superiors_.streets[at];
  const std::string word = place_word(places_, street.used++, seed_ + at);
  return {street.body, superiors_.districts[street.district].division,
          street.name + word + (town ? "村" : "社区"), town ? "village" : "community", "54"};
}

// Of ten offices, two are the city's, six a district's and two a street's.
Unit Units::office(std::uint32_t count) {
  const std::size_t districts = superiors_.districts.size() - 1;
  if (count % 10 >= 8) {
    const std::uint32_t number = count / 10 * 2 + count % 10 - 8;
    const auto streets = static_cast<std::uint32_t>(superiors_.streets.size());
    const Superiors::Street& street = superiors_.streets[number % streets];
    const Turn name = turn(places_.street_offices, number / streets);
    return {street.body, superiors_.districts[street.district].division,
            street.name + name.text + again(name.round), street.town ? "township" : "subdistrict",
            "11"};
  }
  const std::size_t at = count % 10 < 2 ? districts : (count / 10 * 6 + count % 10 - 2) % districts;
  Superiors::District& district = superiors_.districts[at];
  const Turn name = turn(places_.departments, district.departments++);
  const Turn below = turn(places_.below_department, name.round);
  return {district.offices, district.division,
          district.name + name.text + below.text + again(below.round), "government", "11"};
}

Unit Units::institution(std::uint32_t count) {
  const std::size_t districts = superiors_.districts.size() - 1;
  const std::size_t at = count % 5 == 0 ? districts : count % districts;
  Superiors::District& district = superiors_.districts[at];
  const std::uint32_t number = district.institutions++;
  const std::string place = district.name + place_word(places_, number, seed_ + 7 * at);
  if (number % 3 != 2) {
    const Turn name = turn(places_.schools, number);
    return {district.schools, district.division, place + name.text, "institution", "12"};
  }
  const Turn name = turn(places_.institutions, number / 3);
  const std::uint32_t parent = at == districts ? superiors_.health : district.body;
  return {parent, district.division, place + name.text, "institution", "12"};
}

Unit Units::faculty(std::uint32_t count) {
  const Turn university = turn(places_.universities, count);
  const Turn faculty = turn_beside(places_.faculties, count, places_.universities.size());
  return {superiors_.schools, superiors_.districts.back().division,
          university.text + faculty.text + again(faculty.round) + "学生", "institution", "12"};
}

Unit Units::state_firm(std::uint32_t count) {
  const std::size_t districts = superiors_.districts.size() - 1;
  const std::size_t at = count % 5 < 3 ? districts : count % districts;
  Superiors::District& district = superiors_.districts[at];
  const std::uint32_t number = district.enterprises++;
  const Turn brand = turn(places_.brands, number);
  const Turn trade = turn_beside(places_.state_trades, number, places_.brands.size());
  const std::uint32_t parent = at == districts ? superiors_.state_assets : district.body;
  return {parent, district.division,
          district.name + brand.text + trade.text + "有限公司" + again(trade.round),
          "state_enterprise", "91"};
}

Unit Units::private_firm(std::uint32_t count) {
  const Turn trade = turn(places_.private_trades, count);
  const auto streets = static_cast<std::uint32_t>(superiors_.streets.size());
  const Superiors::Street& street = superiors_.streets[count % streets];
  const Superiors::District& district = superiors_.districts[street.district];
  const std::string name = places_.city +
                           place_word(places_, trade.round + 47 * (count % 25), seed_ + 3) +
                           trade.text + "有限公司";
  return {count % 5 < 3 ? street.body : district.firms, district.division, name,
          "private_enterprise", "91"};
}

Unit Units::association(std::uint32_t count) {
  const std::size_t districts = superiors_.districts.size() - 1;
  Superiors::District& district = superiors_.districts[count % districts];
  const std::uint32_t number = district.associations++;
  const Turn kind = turn(places_.social_kinds, number);
  return {district.firms, district.division,
          district.name + place_word(places_, kind.round, seed_ + 5) + kind.text,
          "social_organisation", number % 2 == 0 ? "51" : "52"};
}

}  // namespace jishi::demo
