#pragma once
// The keys of a sheet's accepted rows, for sheets of many million rows.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace jishi::intake {

/// Which row of a sheet stands for a key. About 16 bytes a row: a table of hashes with open places,
/// in parts that grow one by one, so that growing needs little more than what is held.
class SheetKeys {
 public:
  /// The row that has the key.
  std::optional<std::uint32_t> find(std::string_view key) const;
  /// Notes the row; the first one stands. Rows are numbered from 1.
  void add(std::string_view key, std::uint32_t row);
  void clear();
  std::size_t bytes() const;

 private:
  struct Part {
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> rows;  // 0: the place is open
    std::size_t count = 0;

    std::size_t place_of(std::uint64_t hash) const;
    void grow();
  };
  std::array<Part, 64> parts_;
};

}  // namespace jishi::intake
