#pragma once
// Texts kept one after another and found by number: the shared strings of a workbook.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace jishi::sheets {

/// Holds up to 4 GiB of texts in blocks that never move, so that views stay valid.
class StringTable {
 public:
  /// Adds a text; false when texts and their index would pass `limit` bytes.
  bool add(std::string_view text, std::uint64_t limit);
  std::size_t size() const { return places_.size(); }
  /// The text with a number below size().
  std::string_view operator[](std::size_t number) const;

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::uint32_t> places_;  // block number, then place in it
  std::size_t used_ = 0;               // of the last block
  std::uint64_t bytes_ = 0;
};

}  // namespace jishi::sheets
