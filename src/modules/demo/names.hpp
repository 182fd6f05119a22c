#pragma once
// Names of persons.

#include <string>

#include "modules/demo/population.hpp"
#include "modules/demo/random.hpp"
#include "modules/demo/shares.hpp"

namespace jishi::demo {

class Names {
 public:
  explicit Names(const NameLists& lists, double minority_percent);

  /// Writes a name, and the code of the people it is of, for someone born in a year.
  void write(Rng& rng, int birth_year, bool woman, std::string& name, std::string& ethnic) const;

 private:
  void write_given(Rng& rng, int birth_year, bool woman, std::string& name) const;

  const NameLists& lists_;
  std::uint32_t minority_;  // of 100,000
  AliasTable surnames_;
  AliasTable peoples_;
};

}  // namespace jishi::demo
