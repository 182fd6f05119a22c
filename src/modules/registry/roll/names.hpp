#pragma once
// Every name that somebody on the roll has, once, and their order in a Chinese dictionary.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jishi::registry {

class Names {
 public:
  using Number = std::uint32_t;

  /// The number of a name; a new one is given a place in the order by settle().
  Number put(std::string_view name);
  /// Puts the names that came since the last call in order.
  void settle();

  std::size_t count() const { return begins_.size() - 1; }
  std::u16string_view text(Number number) const {
    return std::u16string_view(units_).substr(begins_[number],
                                              begins_[number + 1] - begins_[number]);
  }
  /// Even; so that what is no name of anybody stands at an odd number between two.
  std::uint64_t rank(Number number) const { return ranks_[number]; }
  /// Where any text stands among them: its rank, or an odd number.
  std::uint64_t rank_of(std::string_view text) const;

 private:
  std::u16string units_;
  std::vector<std::uint32_t> begins_{0};
  std::vector<Number> order_;
  std::vector<std::uint32_t> ranks_;
  std::unordered_map<std::u16string, Number> fresh_;  // not in order_ yet
};

}  // namespace jishi::registry
