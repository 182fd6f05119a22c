#pragma once
// Units: the villages, firms and offices that organisations belong to, their names and codes.

#include <cstdint>
#include <string>
#include <vector>

#include "modules/demo/random.hpp"
#include "modules/demo/shares.hpp"

namespace jishi::demo {

/// The `number`-th two-part place name (`柳溪`): all differ until the lists are used up, then a
/// third part tells them apart.
std::string place_word(const PlaceLists& places, std::uint64_t number, std::uint64_t seed);

/// A number in Chinese, 1 … 99.
std::string chinese_number(int number);

/// A unified social credit code whose check signs are right. `registrar` is its first two signs,
/// `number` tells the units apart (below 90 million).
std::string credit_code(std::string_view registrar, int division, std::uint32_t number);

/// The upper organisations that units stand under; indexes into City::bodies.
struct Superiors {
  struct Street {
    std::uint32_t body = 0;
    std::size_t district = 0;
    std::string name;  // 临湖市望澜区枫林街道
    bool town = false;
    std::uint32_t used = 0;  // words given to its villages and communities
  };
  struct District {
    std::uint32_t body = 0, offices = 0, schools = 0, firms = 0;
    std::string name;  // 临湖市望澜区
    int division = 0;
    std::uint32_t departments = 0, institutions = 0, enterprises = 0, associations = 0;
  };
  std::uint32_t city = 0, offices = 0, schools = 0, state_assets = 0, health = 0;
  std::vector<District> districts;  // the last stands for the city itself
  std::vector<Street> streets;
  std::vector<std::size_t> towns;     // streets that are townships
  std::vector<std::size_t> quarters;  // streets that are streets
};

/// A unit: where it stands and what it is called.
struct Unit {
  std::uint32_t parent = 0;
  int division = 0;
  std::string name;
  const char* kind = "";
  const char* registrar = "";
};

/// Makes the units of the city one after another; no two have the same name.
class Units {
 public:
  Units(const PlaceLists& places, Superiors& superiors, std::uint64_t seed)
      : places_(places), superiors_(superiors), seed_(seed) {}

  Unit next(Setting setting);

 private:
  Unit local(std::uint32_t count, bool town);
  Unit office(std::uint32_t count);
  Unit institution(std::uint32_t count);
  Unit faculty(std::uint32_t count);
  Unit state_firm(std::uint32_t count);
  Unit private_firm(std::uint32_t count);
  Unit association(std::uint32_t count);

  const PlaceLists& places_;
  Superiors& superiors_;
  std::uint64_t seed_;
  std::array<std::uint32_t, kSettings> counts_{};
};

}  // namespace jishi::demo
